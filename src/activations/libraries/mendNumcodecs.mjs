// numcodecs 0.3 hands packed bytes over to WebAssembly one by one, in a loop of JavaScript that takes as long as
// unpacking them does; and unpacked bytes are copied out of it before they are copied to where the caller wants them.
// Until that is mended there, the bundler puts one copy in the place of the first, and leaves out the second.
import { readFile } from "node:fs/promises";

export const mendedFile = /numcodecs[/\\]dist[/\\](blosc|lz4|zstd)\.js$/;

/** `for (k = 0; k < h; ++k) B[g + k] = e[k];`, whatever the names. */
const loop = /for \((\w+) = 0; \1 < \w+; \+\+\1\)\s+(\w+)\[(\w+) \+ \1\] = (\w+)\[\1\];/;

/** In `decode(data, out)`, between unpacking and the end. */
const copies =
  /const result = new Uint8Array\(view\);\s*module\.free_result\(\);\s*if \(out !== void 0\) \{\s*out\.set\(result\);\s*return out;\s*\}\s*return result;/;
const oneCopy = `try {
  if (out === undefined) return new Uint8Array(view);
  out.set(view);
  return out;
} finally {
  module.free_result();
}`;

/**
 * @param {string} path of one of its codecs
 * @returns {Promise<string>} its source with both replaced
 * @throws {Error} where one of them is no longer there: then look whether it was mended, and remove this file
 */
export async function mended(path) {
  const source = await readFile(path, "utf8");
  if (!loop.test(source) || !copies.test(source))
    throw new Error(`${path} has changed: see mendNumcodecs.mjs.`);
  return source.replace(loop, "$2.set($4, $3);").replace(copies, oneCopy);
}
