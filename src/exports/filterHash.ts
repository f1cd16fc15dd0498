import { createHash } from "node:crypto";

/** SHA-256 of a filter `[D]`, float64 little-endian: by this results of a script are told from those of another. */
export function filterHash(filter: Float64Array): string {
  const bytes = new Uint8Array(filter.buffer, filter.byteOffset, filter.byteLength);
  return createHash("sha256").update(bytes).digest("hex");
}
