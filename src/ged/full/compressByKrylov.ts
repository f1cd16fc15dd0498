import type { PartialEigenRefusal } from "../../linalg/capabilities.ts";
import { leadingRows, matrix, transposed, type Matrix } from "../../linalg/matrix.ts";
import { matrixRank } from "../../linalg/rank.ts";
import { knownRanks, type FullCompression } from "./compression.ts";
import type { RunContext } from "../method/context.ts";
import { cutScree, wantedEigenpairs } from "../method/cut.ts";
import { averageVariance, type CovarianceMoments, type HeldRowMoments } from "./moments/moments.ts";
import type { GedOptions } from "../method/options.ts";
import { referenceFromTarget, subtractionCancels } from "./smallerCondition.ts";
import { squaredLengthsOf } from "./moments/squaredLengths.ts";

/**
 * Compresses by the leading eigenvectors of `C = Z'Z` without forming C: a block Krylov space needs only
 * products with the rows Z. In the components V the scaled rows are `Y = ZV`, so `S = 2 Y_A'Y_A`, and
 * since `V'CV = L`, `R = 2 L - S`, unless so little would be left that `R = 2 Y_B'Y_B` says more.
 * @param moments scaled rows Z [N, D], held by the engine; the compression uses them until they are freed
 * @returns a refusal where the spectrum is too flat for it: then {@link formCovariances}
 * @throws CancelledError
 */
export function compressByKrylov(
  moments: HeldRowMoments,
  options: GedOptions,
  context: RunContext,
): FullCompression | PartialEigenRefusal {
  const { columns, held } = moments;
  const { products } = context;
  const nA = moments.target.rows;
  const nB = moments.reference.rows;
  const total = averageVariance(moments);
  const found = held.leadingEigenpairs(total, {
    checkpoint: () => context.cancellation.throwIfRequested(),
    ...wantedEigenpairs(options.keep, columns),
  });
  if ("refused" in found) return found;
  const known = found.values.slice(0, Math.max(1, matrixRank(found.values, columns)));
  const cut = cutScree(known, total, options.keep);
  const k = cut.components;
  /** V', [k, D] */
  const basis = leadingRows(found.vectors, k);
  /** Y = ZV, [N, k] */
  const scores = held.scores(k);
  const targetScores = matrix(nA, k, scores.values.subarray(0, nA * k));
  const referenceScores = matrix(nB, k, scores.values.subarray(nA * k));
  const target = doubled(products.multiply(targetScores, targetScores, { transposeA: true }));
  const referenceProjected = subtractionCancels(target, known);

  return {
    ...cut,
    totalVariance: total,
    eigenvalues: known,
    target,
    reference: referenceProjected
      ? doubled(products.multiply(referenceScores, referenceScores, { transposeA: true }))
      : referenceFromTarget(target, known),
    numerics: { referenceProjected, refined: false },
    ...knownRanks(moments, found.values, total),
    toNeurons: (coefficients) => products.multiply(coefficients, basis),
    covarianceTimes: (condition, coefficients) => {
      /** 2 Y u, [m, n] */
      const own = condition === "target" ? targetScores : referenceScores;
      return combine(condition, onScores(coefficients, own, 2));
    },
    toComponents: (vectors) => products.multiply(vectors, basis, { transposeB: true }),
    covarianceOf: (condition, vectors) => {
      const images = held.project(vectors);
      const [start, end] = condition === "target" ? [0, nA] : [nA, nA + nB];
      const own = matrix(
        end - start,
        images.columns,
        images.values.slice(start * images.columns, end * images.columns),
      );
      return combine(condition, doubled(transposed(own)));
    },
    squaredLengths: () =>
      Promise.resolve({
        target: squaredLengthsOf(targetScores, k, 2 * (nA - 1)),
        reference: squaredLengthsOf(referenceScores, k, 2 * (nB - 1)),
      }),
    project: (coefficients) =>
      Promise.resolve({
        target: transposed(onScores(coefficients, targetScores, Math.sqrt(2 * (nA - 1)))),
        reference: transposed(onScores(coefficients, referenceScores, Math.sqrt(2 * (nB - 1)))),
      }),
  };

  /** `W Z` over the rows of one condition, [m, D] */
  function combine(condition: "target" | "reference", weights: Matrix): Matrix {
    return condition === "target"
      ? held.combine(weights, 0, nA)
      : held.combine(weights, nA, nA + nB);
  }

  /** `factor U Y'`, [m, n] */
  function onScores(coefficients: Matrix, rows: Matrix, factor: number): Matrix {
    const found = products.multiply(coefficients, rows, { transposeB: true });
    for (let i = 0; i < found.values.length; i += 1) found.values[i] *= factor;
    return found;
  }
}

/**
 * S and R from rows that are in memory already, for a spectrum that is too flat to be searched.
 * @param moments their rows are freed
 */
export function formCovariances(moments: HeldRowMoments): CovarianceMoments {
  const { target, reference, columns, held } = moments;
  try {
    return {
      route: "covariance",
      precision: "double",
      target,
      reference,
      columns,
      targetCovariance: doubled(held.crossProduct(0, target.rows)),
      referenceCovariance: doubled(held.crossProduct(target.rows, target.rows + reference.rows)),
    };
  } finally {
    held.release();
  }
}

function doubled(a: Matrix): Matrix {
  for (let i = 0; i < a.values.length; i += 1) a.values[i] *= 2;
  return a;
}
