import { cholesky } from "../../../linalg/cholesky.ts";
import { matrix, transposed, type Matrix } from "../../../linalg/matrix.ts";
import { symmetricEigen } from "../../../linalg/symmetricEigen.ts";
import { solveLower } from "../../../linalg/triangular.ts";
import { imageOf, type RowSource } from "../../reduced/rowSource.ts";
import { inner } from "../../../linalg/small/tiles.ts";

/**
 * Degrees, the largest principal angle between two spans of m directions (Bjoerck and Golub 1973), whose
 * members are given as coefficients of rows. Components are not orthogonal to each other in neuron space, so
 * both sets are orthonormalised by the Cholesky factors of their inner products.
 * @param first m vectors [N]
 * @param second m vectors [N]
 */
export function largestPrincipalAngle(
  source: RowSource,
  first: readonly Float64Array[],
  second: readonly Float64Array[],
): number {
  const m = first.length;
  const images = second.map((c) => imageOf(source, c));
  const cross = innerProducts(first, images);
  const left = cholesky(
    innerProducts(
      first,
      first.map((c) => imageOf(source, c)),
    ),
  );
  const right = cholesky(innerProducts(second, images));
  // L1^-1 M L2^-T, whose singular values are the cosines.
  const half = transposed(solveLower(left, cross));
  const cosines = transposed(solveLower(right, half));
  const squares = matrix(m, m);
  for (let i = 0; i < m; i += 1) {
    for (let j = 0; j < m; j += 1) {
      squares.values[i * m + j] = inner(cosines.values, i * m, cosines.values, j * m, m);
    }
  }
  const least = symmetricEigen(squares, { vectors: 0 }).values[m - 1];
  return (Math.acos(Math.min(1, Math.sqrt(Math.max(0, least)))) * 180) / Math.PI;
}

function innerProducts(first: readonly Float64Array[], second: readonly Float64Array[]): Matrix {
  const products = matrix(first.length, second.length);
  first.forEach((a, i) => {
    second.forEach((b, j) => {
      products.values[i * second.length + j] = inner(a, 0, b, 0, a.length);
    });
  });
  return products;
}
