// hyparquet 1.31 repeats a run-length value as often as a damaged page claims, beyond the end of its output, until
// the whole program is ended for it. Until that is mended there, the bundler and the tests bound the run.
import { readFile } from "node:fs/promises";

export const mendedFile = /hyparquet[/\\]src[/\\]encoding\.js$/;

const unbounded = "readRle(reader, count, width, output, seen)";
const bounded = "readRle(reader, Math.min(count, output.length - seen), width, output, seen)";

/**
 * @param {string} path of hyparquet's encoding.js
 * @returns {Promise<string>} its source with the run bounded
 * @throws {Error} where the line is no longer there: then look whether it was mended, and remove this file
 */
export async function mended(path) {
  const source = await readFile(path, "utf8");
  if (!source.includes(unbounded)) throw new Error(`${path} has changed: see mendParquet.mjs.`);
  return source.replace(unbounded, bounded);
}
