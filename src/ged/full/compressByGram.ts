import { leadingRows, matrix, type Matrix } from "../../linalg/matrix.ts";
import { matrixRank } from "../../linalg/rank.ts";
import { symmetricEigen } from "../../linalg/symmetricEigen.ts";
import type { FullCompression, Projections } from "./compression.ts";
import { gramBasis, needsRefinement, refinedBasis } from "./gramBasis.ts";
import type { RunContext } from "../method/context.ts";
import { cutScree } from "../method/cut.ts";
import type { RowMoments } from "./moments/moments.ts";
import type { GedOptions } from "../method/options.ts";
import { oneIsMuchSmaller } from "./smallerCondition.ts";
import { squaredLengthsOf } from "./moments/squaredLengths.ts";

/**
 * Compresses by the Gram matrix of the rows (N < D): `G = ZZ' = U L U'` has the nonzero eigenvalues of
 * `C = Z'Z`, whose eigenvectors are `V = Z'U L^-1/2`. In these components the scaled rows are
 * `Y = ZV = U L^1/2`, so `S = 2 Y_A'Y_A` and `R = 2 Y_B'Y_B`: nothing of size D is decomposed.
 *
 * Where one condition is much smaller, or eigenvalues are so small that squaring the rows has cost them digits, Y is
 * computed from the rows instead.
 * @param moments scaled rows Z [N, D]
 * @throws CancelledError
 */
export function compressByGram(
  moments: RowMoments,
  options: GedOptions,
  context: RunContext,
): FullCompression {
  const { scaledRows, columns } = moments;
  const nA = moments.target.rows;
  const nB = moments.reference.rows;
  const { products } = context;
  const checkpoint = () => context.cancellation.throwIfRequested();
  const gram = (context.bulk ?? products).gram(scaledRows);
  const totalVariance = trace(gram);
  const { values, vectors } = symmetricEigen(gram, { products, checkpoint });
  const rank = Math.max(1, matrixRank(values, columns));
  const known = values.slice(0, rank);
  const { components } = cutScree(known, totalVariance, options.keep);
  const refined = needsRefinement(known.subarray(0, components));
  const basis = refined
    ? refinedBasis(scaledRows, known, vectors, { products, checkpoint })
    : gramBasis(known, vectors);
  const { eigenvalues } = basis;
  const cut = cutScree(eigenvalues, totalVariance, options.keep);

  let scores = refined ? projectedScores() : scoresFromVectors(eigenvalues, vectors);
  let own = split(scores);
  let target = twiceCrossProduct(own.target, context);
  let reference = twiceCrossProduct(own.reference, context);
  const referenceProjected = oneIsMuchSmaller(target, reference, eigenvalues, cut.components);
  if (referenceProjected && !refined) {
    scores = projectedScores();
    own = split(scores);
    target = twiceCrossProduct(own.target, context);
    reference = twiceCrossProduct(own.reference, context);
  }

  return {
    ...cut,
    totalVariance,
    eigenvalues,
    target,
    reference,
    numerics: { referenceProjected, refined },
    averageRank: { rank: matrixRank(values, columns), kind: "exact" },
    fullRank: {
      target: matrixRank(blockEigenvalues(gram, 0, nA, context), columns),
      reference: matrixRank(blockEigenvalues(gram, nA, nB, context), columns),
      kind: "exact",
    },
    toNeurons: (coefficients) => {
      const kept = leadingRows(basis.weights, coefficients.columns);
      return products.multiply(products.multiply(coefficients, kept), scaledRows);
    },
    covarianceTimes: (condition, coefficients) => {
      const isTarget = condition === "target";
      const projected = projectScores(isTarget ? own.target : own.reference, coefficients);
      for (let i = 0; i < projected.values.length; i += 1) projected.values[i] *= 2;
      return products.multiply(projected, rowsOf(condition), { transposeA: true });
    },
    toComponents: (vectors) => {
      const images = products.multiply(vectors, scaledRows, { transposeB: true });
      return products.multiply(images, leadingRows(basis.weights, cut.components), {
        transposeB: true,
      });
    },
    covarianceOf: (condition, vectors) => {
      const rows = rowsOf(condition);
      const images = products.multiply(vectors, rows, { transposeB: true });
      return products.multiply(scaled(images, 2), rows);
    },
    squaredLengths: () => {
      const lengths = (rows: Matrix, n: number) =>
        squaredLengthsOf(rows, cut.components, 2 * (n - 1));
      return Promise.resolve({
        target: lengths(own.target, nA),
        reference: lengths(own.reference, nB),
      });
    },
    project: (coefficients): Promise<Projections> =>
      Promise.resolve({
        target: scaled(projectScores(own.target, coefficients), Math.sqrt(2 * (nA - 1))),
        reference: scaled(projectScores(own.reference, coefficients), Math.sqrt(2 * (nB - 1))),
      }),
  };

  /** Z_A or Z_B */
  function rowsOf(condition: "target" | "reference"): Matrix {
    const end = nA * columns;
    return condition === "target"
      ? matrix(nA, columns, scaledRows.values.subarray(0, end))
      : matrix(nB, columns, scaledRows.values.subarray(end));
  }

  /** Y by the rows themselves, `Z V`: every row to rounding of its own length, [N, K]. */
  function projectedScores(): Matrix {
    const components = products.multiply(basis.weights, scaledRows);
    return products.multiply(scaledRows, components, { transposeB: true });
  }

  function split({ columns: count, values: all }: Matrix): Record<"target" | "reference", Matrix> {
    return {
      target: matrix(nA, count, all.subarray(0, nA * count)),
      reference: matrix(nB, count, all.subarray(nA * count)),
    };
  }

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

/** `Y = U L^1/2`, [N, K] */
function scoresFromVectors(eigenvalues: Float64Array, vectors: Matrix): Matrix {
  const rank = eigenvalues.length;
  const n = vectors.columns;
  const scores = matrix(n, rank);
  for (let c = 0; c < rank; c += 1) {
    const scale = Math.sqrt(eigenvalues[c]);
    for (let i = 0; i < n; i += 1) {
      scores.values[i * rank + c] = scale * vectors.values[c * n + i];
    }
  }
  return scores;
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
