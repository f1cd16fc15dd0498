import { strToU8, zipSync } from "fflate";
import { npyBytes } from "../../support/fileBytes.ts";

/** UTF-8 bytes of a text file. */
export function text(content: string): Uint8Array {
  return strToU8(content);
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
