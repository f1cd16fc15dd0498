import type { Condition } from "../conditions/condition.ts";
import { matrix, type Matrix } from "../linalg/matrix.ts";
import { matrixRank } from "../linalg/rank.ts";
import {
  rankBounds,
  referenceFromTarget,
  type Compression,
  type Projections,
} from "./compression.ts";
import type { RunContext } from "./context.ts";
import { cutScree, fixedComponents } from "./cut.ts";
import { leadingEigenpairs } from "./leadingEigenpairs.ts";
import { averageVariance, type CovarianceMoments } from "./moments.ts";
import type { GedOptions } from "./options.ts";
import { forEachRowBlock } from "./rowBlocks.ts";

/**
 * Compresses by the eigenvectors of the average covariance (N >= D): `S_k = V'SV`, and since
 * `V'CV = L`, `R_k = 2 L - S_k` saves the second projection.
 * @param moments S and R, [D, D]
 * @param conditions read once more where projections are asked for
 * @throws CancelledError
 */
export function compressByCovariance(
  moments: CovarianceMoments,
  conditions: { readonly target: Condition; readonly reference: Condition },
  options: GedOptions,
  context: RunContext,
): Compression {
  const { columns, targetCovariance, referenceCovariance } = moments;
  const { products } = context;
  const average = matrix(columns, columns);
  for (let i = 0; i < average.values.length; i += 1) {
    average.values[i] = (targetCovariance.values[i] + referenceCovariance.values[i]) / 2;
  }
  const total = averageVariance(moments);
  const { values, vectors, complete } = leadingEigenpairs(average, total, options, context);
  const known = values.slice(0, Math.max(1, matrixRank(values, columns)));
  const cut = cutScree(
    known.subarray(0, vectors.rows),
    total,
    options.variance,
    fixedComponents(options),
  );
  const k = cut.components;
  /** V', [k, D] */
  const basis = matrix(k, columns, vectors.values.subarray(0, k * columns));

  const covarianceTimesBasis = products.multiply(basis, targetCovariance);
  const target = products.multiply(covarianceTimesBasis, basis, { transposeB: true });
  const bounds = rankBounds(moments);

  return {
    ...cut,
    totalVariance: total,
    eigenvalues: known,
    target,
    reference: referenceFromTarget(target, known),
    ...bounds,
    ...(complete
      ? { averageRank: { rank: matrixRank(values, columns), kind: "exact" as const } }
      : {}),
    toNeurons: (coefficients) => products.multiply(coefficients, firstRows(coefficients.columns)),
    covarianceTimes: (condition, coefficients) => {
      const directions = products.multiply(coefficients, firstRows(coefficients.columns));
      return products.multiply(
        directions,
        condition === "target" ? targetCovariance : referenceCovariance,
      );
    },
    project: (coefficients) => projectRows(coefficients),
  };

  function firstRows(count: number): Matrix {
    return matrix(count, columns, vectors.values.subarray(0, count * columns));
  }

  /** A second pass over the files: projections of every row, centred afterwards by the projected mean. */
  async function projectRows(coefficients: Matrix): Promise<Projections> {
    const directions = products.multiply(coefficients, firstRows(coefficients.columns));
    const m = directions.rows;
    const found = {
      target: matrix(moments.target.rows, m),
      reference: matrix(moments.reference.rows, m),
    };
    await forEachRowBlock([conditions.target, conditions.reference], context, (block) => {
      const isTarget = block.condition === conditions.target;
      const { mean } = isTarget ? moments.target : moments.reference;
      for (let i = 0; i < block.rows; i += 1) {
        for (let j = 0; j < columns; j += 1) block.values[i * columns + j] -= mean[j];
      }
      const rows = matrix(block.rows, columns, block.values);
      const projected = products.multiply(rows, directions, { transposeB: true });
      (isTarget ? found.target : found.reference).values.set(projected.values, block.start * m);
    });
    return found;
  }
}
