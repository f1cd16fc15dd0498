import { strToU8, zipSync } from "fflate";

/** UTF-8 bytes of a text file. */
export function text(content: string): Uint8Array {
  return strToU8(content);
}

/** An npy file of version 1 around values that are encoded already. */
export function npyBytes(
  shape: readonly number[],
  data: Uint8Array,
  descriptor: string,
  fortran = false,
): Uint8Array {
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const order = fortran ? "True" : "False";
  const header = strToU8(
    `${`{'descr': '${descriptor}', 'fortran_order': ${order}, 'shape': (${extents}), }`.padEnd(117)}\n`,
  );
  const bytes = new Uint8Array(10 + header.length + data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  bytes.set(header, 10);
  bytes.set(data, 10 + header.length);
  return bytes;
}

/** A float64 matrix in C order. */
export function npyFile(shape: readonly number[], values: readonly number[]): Uint8Array {
  return npyBytes(shape, new Uint8Array(Float64Array.from(values).buffer), "<f8");
}

/** Texts of a fixed width, as numpy stores them. */
function npyTexts(texts: readonly string[]): Uint8Array {
  const width = Math.max(...texts.map((each) => each.length));
  const points = new Uint32Array(texts.length * width);
  texts.forEach((each, row) =>
    [...each].forEach((c, at) => (points[row * width + at] = c.codePointAt(0) ?? 0)),
  );
  return npyBytes([texts.length], new Uint8Array(points.buffer), `<U${width}`);
}

/** Matrices, and vectors of texts or whole numbers beside them. */
export function npzFile(
  matrices: Readonly<
    Record<string, readonly [shape: readonly number[], values: readonly number[]]>
  >,
  vectors: Readonly<Record<string, readonly string[] | readonly number[]>>,
): Uint8Array {
  const entries: Record<string, Uint8Array> = {};
  for (const [name, [shape, values]] of Object.entries(matrices))
    entries[`${name}.npy`] = npyFile(shape, values);
  for (const [name, values] of Object.entries(vectors)) {
    const numbers = values.filter((value): value is number => typeof value === "number");
    entries[`${name}.npy`] =
      numbers.length === values.length
        ? npyBytes(
            [values.length],
            new Uint8Array(BigInt64Array.from(numbers, BigInt).buffer),
            "<i8",
          )
        : npyTexts(values.map(String));
  }
  return zipSync(entries);
}
