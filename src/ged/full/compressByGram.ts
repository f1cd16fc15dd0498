import { leadingRows, matrix, type Matrix } from "../../linalg/matrix.ts";
import { matrixRank } from "../../linalg/rank.ts";
import { symmetricEigen } from "../../linalg/symmetricEigen.ts";
import type { Compression, Projections } from "./compression.ts";
import type { RunContext } from "../method/context.ts";
import { cutScree, fixedComponents } from "../method/cut.ts";
import type { RowMoments } from "./moments.ts";
import type { GedOptions } from "../method/options.ts";

/**
 * Compresses by the Gram matrix of the rows (N < D): `G = ZZ' = U L U'` has the nonzero eigenvalues of
 * `C = Z'Z`, whose eigenvectors are `V = Z'U L^-1/2`. In these components the scaled rows are
 * `Y = ZV = U L^1/2`, so `S = 2 Y_A'Y_A` and `R = 2 Y_B'Y_B`: nothing of size D is decomposed.
 * @param moments scaled rows Z [N, D]
 * @throws CancelledError
 */
export function compressByGram(
  moments: RowMoments,
  options: GedOptions,
  context: RunContext,
): Compression {
  const { scaledRows, columns } = moments;
  const nA = moments.target.rows;
  const nB = moments.reference.rows;
  const { products } = context;
  const checkpoint = () => context.cancellation.throwIfRequested();
  const gram = (context.bulk ?? products).gram(scaledRows);
  const totalVariance = trace(gram);
  const { values, vectors } = symmetricEigen(gram, { products, checkpoint });
  const rank = Math.max(1, matrixRank(values, columns));
  const eigenvalues = values.slice(0, rank);
  const cut = cutScree(eigenvalues, totalVariance, options.variance, fixedComponents(options));

  /** Y = U L^1/2, [N, K] */
  const scores = matrix(nA + nB, rank);
  for (let c = 0; c < rank; c += 1) {
    const scale = Math.sqrt(eigenvalues[c]);
    for (let i = 0; i < nA + nB; i += 1) {
      scores.values[i * rank + c] = scale * vectors.values[c * vectors.columns + i];
    }
  }
  const targetScores = matrix(nA, rank, scores.values.subarray(0, nA * rank));
  const referenceScores = matrix(nB, rank, scores.values.subarray(nA * rank));

  /** `U L^-1/2 w` for each row w: the weights of the scaled rows, [m, N]. */
  const rowWeights = (coefficients: Matrix): Matrix => {
    const weights = matrix(coefficients.rows, coefficients.columns);
    for (let i = 0; i < coefficients.rows; i += 1) {
      for (let c = 0; c < coefficients.columns; c += 1) {
        const at = i * coefficients.columns + c;
        weights.values[at] = coefficients.values[at] / Math.sqrt(eigenvalues[c]);
      }
    }
    const count = coefficients.columns;
    const kept = leadingRows(vectors, count);
    return products.multiply(weights, kept);
  };

  return {
    ...cut,
    totalVariance,
    eigenvalues,
    target: twiceCrossProduct(targetScores, context),
    reference: twiceCrossProduct(referenceScores, context),
    averageRank: { rank: matrixRank(values, columns), kind: "exact" },
    fullRank: {
      target: matrixRank(blockEigenvalues(gram, 0, nA, context), columns),
      reference: matrixRank(blockEigenvalues(gram, nA, nB, context), columns),
      kind: "exact",
    },
    toNeurons: (coefficients) => products.multiply(rowWeights(coefficients), scaledRows),
    covarianceTimes: (condition, coefficients) => {
      const isTarget = condition === "target";
      const projected = projectScores(isTarget ? targetScores : referenceScores, coefficients);
      for (let i = 0; i < projected.values.length; i += 1) projected.values[i] *= 2;
      const split = nA * columns;
      const rows = isTarget
        ? matrix(nA, columns, scaledRows.values.subarray(0, split))
        : matrix(nB, columns, scaledRows.values.subarray(split));
      return products.multiply(projected, rows, { transposeA: true });
    },
    project: (coefficients): Promise<Projections> =>
      Promise.resolve({
        target: scaled(projectScores(targetScores, coefficients), Math.sqrt(2 * (nA - 1))),
        reference: scaled(projectScores(referenceScores, coefficients), Math.sqrt(2 * (nB - 1))),
      }),
  };

  /** `Y u` on the first k columns of Y, [n, m]. */
  function projectScores(rows: Matrix, coefficients: Matrix): Matrix {
    const count = coefficients.columns;
    const kept = matrix(rows.rows, count);
    for (let i = 0; i < rows.rows; i += 1) {
      const from = i * rows.columns;
      kept.values.set(rows.values.subarray(from, from + count), i * count);
    }
    return products.multiply(kept, coefficients, { transposeB: true });
  }
}

function trace(a: Matrix): number {
  let sum = 0;
  for (let i = 0; i < a.rows; i += 1) sum += a.values[i * a.columns + i];
  return sum;
}

function scaled(a: Matrix, factor: number): Matrix {
  for (let i = 0; i < a.values.length; i += 1) a.values[i] *= factor;
  return a;
}

function twiceCrossProduct(a: Matrix, context: RunContext): Matrix {
  return scaled(context.products.multiply(a, a, { transposeA: true }), 2);
}

/** Eigenvalues of twice the diagonal block of G that belongs to one condition: those of its covariance. */
function blockEigenvalues(
  gram: Matrix,
  start: number,
  count: number,
  context: RunContext,
): Float64Array {
  const block = matrix(count, count);
  for (let i = 0; i < count; i += 1) {
    const from = (start + i) * gram.columns + start;
    block.values.set(gram.values.subarray(from, from + count), i * count);
  }
  return symmetricEigen(scaled(block, 2), { vectors: 0, products: context.products }).values;
}
