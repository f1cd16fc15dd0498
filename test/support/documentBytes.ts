import { createHash } from "node:crypto";
import { metadataChecksum } from "../../src/runs/checksums.ts";
import { safetensorsBytes } from "./fileBytes.ts";

/** A safetensors file taken apart, to be damaged. */
export interface DocumentBytes {
  metadata: Record<string, string>;
  tensors: Record<string, { dtype: string; shape: number[]; data_offsets: number[] }>;
  data: Uint8Array;
}

/** Takes a document apart; knows nothing of the reader. */
export function takeApart(bytes: Uint8Array): DocumentBytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<
    string,
    unknown
  >;
  const { __metadata__: metadata, ...tensors } = header;
  return {
    metadata: metadata as DocumentBytes["metadata"],
    tensors: tensors as DocumentBytes["tensors"],
    data: bytes.slice(8 + length),
  };
}

/** @param header the JSON of a header, where it is not the plain one */
export function putTogether(
  { metadata, tensors, data }: DocumentBytes,
  header = JSON.stringify({ __metadata__: metadata, ...tensors }),
): Uint8Array {
  return safetensorsBytes(header, data);
}

/**
 * As one who knows the format would forge it: every checksum is right for what is there, and entries that
 * are no tensors count as empty ones.
 */
export function sealed(parts: DocumentBytes): DocumentBytes {
  // A forger may leave no table of tensors at all.
  const table = Object(parts.tensors) as DocumentBytes["tensors"];
  const tensors = Object.entries(table).map(([name, entry]: [string, unknown]) => ({
    name,
    shape: numbersIn(entry, "shape"),
    offsets: numbersIn(entry, "data_offsets"),
  }));
  const sums = tensors.map(({ name, offsets: [start = 0, stop = 0] }) => {
    const values = parts.data.subarray(start, stop);
    return [name, createHash("sha256").update(values).digest("hex")] as const;
  });
  const metadata: Record<string, string> = {
    ...parts.metadata,
    "sha256.tensors": JSON.stringify(Object.fromEntries(sums)),
  };
  metadata["sha256.metadata"] = JSON.stringify(metadataChecksum(metadata, tensors));
  return { ...parts, metadata };
}

function numbersIn(entry: unknown, key: string): number[] {
  const found: unknown = Reflect.get(Object(entry) as object, key);
  return Array.isArray(found) ? found.map(Number) : [];
}
