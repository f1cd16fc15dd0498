import { createHash } from "node:crypto";
import { metadataChecksum } from "../../src/runs/checksums.ts";

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
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

/** As one who knows the format would forge it: every checksum is right for what is there. */
export function sealed(parts: DocumentBytes): DocumentBytes {
  const sums: Record<string, string> = {};
  for (const [name, { data_offsets: offsets }] of Object.entries(parts.tensors)) {
    const values = parts.data.subarray(offsets[0], offsets[1]);
    sums[name] = createHash("sha256").update(values).digest("hex");
  }
  const metadata: Record<string, string> = {
    ...parts.metadata,
    "sha256.tensors": JSON.stringify(sums),
  };
  const shapes = Object.entries(parts.tensors).map(([name, { shape }]) => ({ name, shape }));
  metadata["sha256.metadata"] = JSON.stringify(metadataChecksum(metadata, shapes));
  return { ...parts, metadata };
}
