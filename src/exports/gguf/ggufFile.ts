/** One entry of a GGUF file's metadata. */
export type GgufValue = { readonly text: string } | { readonly count: number };

const version = 3;
/** The default of `general.alignment`, to which the tensors' data are aligned. */
const alignment = 32;
const types = { uint32: 4, string: 8 } as const;
const float32 = 0;

/**
 * A GGUF file (version 3, little-endian) of vectors. Source: the specification in ggml's `docs/gguf.md`.
 * @param metadata keys of ASCII
 * @param vectors one-dimensional, float32, by name
 */
export function ggufFile(
  metadata: Readonly<Record<string, GgufValue>>,
  vectors: Readonly<Record<string, Float32Array>>,
): Uint8Array {
  const bytes: number[] = [...new TextEncoder().encode("GGUF")];
  addNumber(bytes, version, 4);
  addNumber(bytes, Object.keys(vectors).length, 8);
  addNumber(bytes, Object.keys(metadata).length, 8);
  for (const [key, value] of Object.entries(metadata)) {
    addText(bytes, key);
    if ("text" in value) {
      addNumber(bytes, types.string, 4);
      addText(bytes, value.text);
    } else {
      addNumber(bytes, types.uint32, 4);
      addNumber(bytes, value.count, 4);
    }
  }
  let offset = 0;
  for (const [name, { length }] of Object.entries(vectors)) {
    addText(bytes, name);
    addNumber(bytes, 1, 4);
    addNumber(bytes, length, 8);
    addNumber(bytes, float32, 4);
    addNumber(bytes, offset, 8);
    offset = aligned(offset + 4 * length);
  }
  const start = aligned(bytes.length);
  const file = new Uint8Array(start + offset);
  file.set(bytes);
  const view = new DataView(file.buffer);
  let at = start;
  for (const vector of Object.values(vectors)) {
    vector.forEach((value, i) => view.setFloat32(at + 4 * i, value, true));
    at = aligned(at + 4 * vector.length);
  }
  return file;
}

function aligned(offset: number): number {
  return Math.ceil(offset / alignment) * alignment;
}

function addText(bytes: number[], text: string): void {
  const encoded = new TextEncoder().encode(text);
  addNumber(bytes, encoded.length, 8);
  bytes.push(...encoded);
}

/** An unsigned whole number below 2^53, little-endian. */
function addNumber(bytes: number[], value: number, length: number): void {
  let rest = value;
  for (let i = 0; i < length; i += 1) {
    bytes.push(rest % 256);
    rest = Math.floor(rest / 256);
  }
}
