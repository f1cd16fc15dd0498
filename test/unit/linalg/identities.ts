import { createScriptProducts } from "../../../src/linalg/engines/scriptProducts.ts";
import type { Matrix } from "../../../src/linalg/matrix.ts";
import type { Products } from "../../../src/linalg/products.ts";

const script = createScriptProducts();

/** Largest absolute entry of `A V' - V' L`, relative to the largest |eigenvalue|. */
export function residual(
  a: Matrix,
  values: ArrayLike<number>,
  vectors: Matrix,
  products: Products = script,
): number {
  const image = products.multiply(vectors, a, { transposeB: true });
  let scale = 0;
  for (let i = 0; i < values.length; i++) scale = Math.max(scale, Math.abs(values[i]));
  let largest = 0;
  for (let i = 0; i < vectors.rows; i++) {
    for (let j = 0; j < a.rows; j++) {
      const at = i * a.rows + j;
      largest = Math.max(largest, Math.abs(image.values[at] - values[i] * vectors.values[at]));
    }
  }
  return scale === 0 ? largest : largest / scale;
}

/** Largest absolute entry of `V V' - I`. */
export function lossOfOrthogonality(vectors: Matrix, products: Products = script): number {
  const gram = products.gram(vectors);
  let largest = 0;
  for (let i = 0; i < gram.rows; i++) {
    for (let j = 0; j < gram.rows; j++) {
      const expected = i === j ? 1 : 0;
      largest = Math.max(largest, Math.abs(gram.values[i * gram.rows + j] - expected));
    }
  }
  return largest;
}

/** Largest absolute difference between two sequences, relative to the largest entry of the second. */
export function relativeDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Infinity;
  let scale = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    scale = Math.max(scale, Math.abs(expected[i]));
    const difference = Math.abs(found[i] - expected[i]);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return scale === 0 ? largest : largest / scale;
}
