import type { DocumentTensor } from "./runDocument.ts";

/**
 * What a safetensors file of float64 tensors begins with: 8 bytes little-endian length, and a JSON header padded to
 * 8 bytes. The tensors' bytes follow in the order of `tensors`.
 * @param metadata the entries of `__metadata__`
 */
export function safetensorsHeader(
  metadata: Readonly<Record<string, string>>,
  tensors: Readonly<Record<string, DocumentTensor>>,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    const start = end;
    end += values.byteLength;
    header[name] = { dtype: "F64", shape, data_offsets: [start, end] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / 8) * 8;
  const head = new Uint8Array(8 + length).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(length), true);
  head.set(text, 8);
  return head;
}
