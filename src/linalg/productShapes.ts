import type { Matrix } from "./matrix.ts";

/** Which factors of a product are transposed first. */
export interface ProductOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/**
 * Shape of `op(A) op(B)`: `[rows, columns]` summed over `depth`.
 * @throws RangeError if the inner dimensions differ
 */
export function checkInnerDimension(
  a: Matrix,
  b: Matrix,
  options: ProductOptions,
): { rows: number; columns: number; depth: number } {
  const [rows, depth] = options.transposeA === true ? [a.columns, a.rows] : [a.rows, a.columns];
  const [inner, columns] = options.transposeB === true ? [b.columns, b.rows] : [b.rows, b.columns];
  if (depth !== inner) {
    throw new RangeError(
      `A product of ${rows} x ${depth} and ${inner} x ${columns} does not exist.`,
    );
  }
  return { rows, columns, depth };
}

/** @throws RangeError if `sum` is not `[columns, columns]` */
export function checkSquareSum(sum: Matrix, columns: number): void {
  if (sum.rows !== columns || sum.columns !== columns) {
    throw new RangeError(
      `A cross product of ${columns} columns does not fit into ${sum.rows} x ${sum.columns}.`,
    );
  }
}
