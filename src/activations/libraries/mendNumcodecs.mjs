// numcodecs 0.3 hands packed bytes over to WebAssembly one by one, in a loop of JavaScript that takes as long as
// unpacking them does. Until that is mended there, the bundler puts one copy in its place.
import { readFile } from "node:fs/promises";

export const mendedFile = /numcodecs[/\\]dist[/\\](blosc|lz4|zstd)\.js$/;

/** `for (k = 0; k < h; ++k) B[g + k] = e[k];`, whatever the names. */
const loop = /for \((\w+) = 0; \1 < \w+; \+\+\1\)\s+(\w+)\[(\w+) \+ \1\] = (\w+)\[\1\];/;

/**
 * @param {string} path of one of its codecs
 * @returns {Promise<string>} its source with the loop replaced
 * @throws {Error} where the loop is no longer there: then look whether it was mended, and remove this file
 */
export async function mended(path) {
  const source = await readFile(path, "utf8");
  if (!loop.test(source)) throw new Error(`${path} has changed: see mendNumcodecs.mjs.`);
  return source.replace(loop, "$2.set($4, $3);");
}
