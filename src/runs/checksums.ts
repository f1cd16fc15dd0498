import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { formatKeys } from "./documentFormat.ts";

/** Hashed in one go: about a millisecond, after which other work of the thread has its turn. */
const pieceBytes = 2 ** 20;

/**
 * SHA-256 of a tensor's bytes (float64, little-endian) in hexadecimal, without keeping the thread busy.
 */
export async function tensorChecksum(values: Float64Array): Promise<string> {
  const hash = createHash("sha256");
  for (let start = 0; start < values.byteLength; start += pieceBytes) {
    const length = Math.min(pieceBytes, values.byteLength - start);
    hash.update(new Uint8Array(values.buffer, values.byteOffset + start, length));
    if (start + length < values.byteLength) await setImmediate();
  }
  return hash.digest("hex");
}

/** What a header says of one tensor besides its place. */
export interface TensorHeader {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * SHA-256 in hexadecimal of everything in a header but this checksum itself and the places of tensors:
 * sorted, so that a file which another program wrote again in another order keeps it. The tensors' own
 * checksums are among the metadata, so that a report can be added without reading a tensor.
 *
 * Hashed are the texts key, value, key, value, ... and the JSON of `[[name, shape], ...]`, each as its
 * length in UTF-16 units, a colon, and those units, little-endian.
 * @param metadata the entries of `__metadata__`, as they stand in the file
 */
export function metadataChecksum(
  metadata: Readonly<Record<string, string>>,
  tensors: readonly TensorHeader[],
): string {
  const hash = createHash("sha256");
  const entries = Object.entries(metadata)
    .filter(([key]) => key !== formatKeys.metadataSum)
    .sort(byName);
  const shapes = tensors.map(({ name, shape }) => [name, shape] as const).sort(byName);
  for (const text of [...entries.flat(), JSON.stringify(shapes)]) {
    hash.update(`${text.length}:`, "utf16le");
    // In pieces, since a hash copies what it is given.
    for (let start = 0; start < text.length; start += pieceBytes) {
      hash.update(text.slice(start, start + pieceBytes), "utf16le");
    }
  }
  return hash.digest("hex");
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}
