/**
 * An npy file of version 1 around values that are encoded already.
 * @param shape as extents, or as the text of a tuple that no writer would make
 * @param data in the order that the header claims, or what follows such a header
 */
export function npyBytes(
  shape: readonly number[] | string,
  data: Uint8Array,
  descriptor: string,
  fortran = false,
): Uint8Array {
  const tuple =
    typeof shape === "string"
      ? shape
      : `(${shape.length === 1 ? `${shape[0]},` : shape.join(", ")})`;
  const order = fortran ? "True" : "False";
  const text = `{'descr': '${descriptor}', 'fortran_order': ${order}, 'shape': ${tuple}, }`;
  const header = Buffer.from(`${text.padEnd(117)}\n`);
  const start = [0x93, ...Buffer.from("NUMPY"), 1, 0, header.length & 255, header.length >> 8];
  return new Uint8Array(Buffer.concat([Buffer.from(start), header, data]));
}

/** A safetensors file. @param header its JSON, or a text that no writer would make */
export function safetensorsBytes(
  header: Readonly<Record<string, unknown>> | string,
  ...data: readonly Uint8Array[]
): Uint8Array {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return new Uint8Array(Buffer.concat([length, text, ...data]));
}
