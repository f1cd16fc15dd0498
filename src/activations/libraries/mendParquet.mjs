// hyparquet 1.31 reads runs as long as a damaged page claims, beyond the end of its output or without an end, until
// the whole program is ended for it. Until that is mended there, the bundler and the tests bound them.
import { readFile } from "node:fs/promises";

export const mendedFile = /hyparquet[/\\]src[/\\]encoding\.js$/;

/** What stands there, and what should: no run holds more values than are still wanted. */
const changes = [
  [
    "readRle(reader, count, width, output, seen)",
    "readRle(reader, Math.min(count, output.length - seen), width, output, seen)",
  ],
  [
    "let count = header >> 1 << 3 // values to read",
    "let count = 8 * Math.min(header >>> 1, Math.ceil((output.length - seen) / 8))",
  ],
];

/**
 * @param {string} path of hyparquet's encoding.js
 * @returns {Promise<string>} its source with all runs bounded
 * @throws {Error} where a line is no longer there: then look whether it was mended, and remove this file
 */
export async function mended(path) {
  let source = await readFile(path, "utf8");
  for (const [before, after] of changes) {
    if (!source.includes(before)) throw new Error(`${path} has changed: see mendParquet.mjs.`);
    source = source.replace(before, after);
  }
  return source;
}
