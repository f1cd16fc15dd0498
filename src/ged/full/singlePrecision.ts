import { identity, matrix, mirrorLowerTriangle, type Matrix } from "../../linalg/matrix.ts";
import type { Condition } from "../../conditions/condition.ts";
import { directionNames, rolesOfDirection, type ConditionName } from "../method/directions.ts";
import type { RunContext } from "../method/context.ts";
import type { Compression, FullCompression } from "./compression.ts";
import type { Moments } from "./moments/moments.ts";
import { forEachRowBlock } from "./rowBlocks.ts";
import type { SolvedDirections } from "./solve.ts";

/** float32's unit roundoff. */
const unit = 2 ** -24;
/** Products that are summed in float32 before the sum goes on in float64. */
const summed = 256;
/** How many standard errors an estimate stands for. */
const standardErrors = 3;
/** Components that are looked at: more would take the memory of as many vectors of neurons. */
const mostComponents = 64;

/**
 * What rounding leaves of a variance that is summed in float32 over {@link summed} rows at a time and in float64 beyond,
 * relative to the variances of the neurons that it is made of: every partial sum t is off by up to `u |t|`, at random,
 * and squares of partial sums of m products grow as `m^2 / 2` if neurons do not correlate, as `m^3 / 3` if they do.
 * @param rows n
 * @param dimensions in how many directions the rows vary, as if equally in each
 */
function relativeRounding(rows: number, dimensions: number): number {
  const correlated = 1 + (2 * summed) / (3 * dimensions);
  return standardErrors * unit * Math.sqrt((summed / (3 * rows)) * correlated);
}

/**
 * Estimate of the largest relative error of the first generalized eigenvalues, as far as they are above 1, if
 * covariances were accumulated from float32 products: `|w'dS w| / w'Sw + |w'dR w| / w'R~w` (first-order perturbation of
 * a definite pencil; Stewart & Sun 1990, VI.3) with the error that the roundings of all neurons leave in `w'Sw`,
 * `sum_i w_i^2 s_i^2` times {@link relativeRounding}. Smaller eigenvalues are the other direction's large ones.
 */
export function singlePrecisionError(
  moments: Moments,
  compression: Compression,
  solved: SolvedDirections,
): number {
  const dimensions = participationRatio(compression.eigenvalues);
  let worst = 0;
  for (const direction of directionNames) {
    const { eigenvalues, vectors, gamma } = solved[direction];
    const { carried, silenced } = rolesOfDirection[direction];
    const above1 = eigenvalues.filter((value) => value >= 1).length;
    const count = Math.max(1, Math.min(mostComponents, above1));
    const filters = compression.toNeurons(
      matrix(count, vectors.columns, vectors.values.subarray(0, count * vectors.columns)),
    );
    const sums = (condition: ConditionName) => {
      const { variance, rows } = moments[condition];
      const rounding = relativeRounding(rows, dimensions);
      return sumsOfSquares(filters, variance).map((sum) => rounding * sum);
    };
    const [above, below] = [sums(carried), sums(silenced)];
    // w'R~w = 1
    for (let c = 0; c < count; c += 1) {
      worst = Math.max(worst, above[c] / eigenvalues[c] + (1 - gamma) * below[c]);
    }
  }
  return worst;
}

/** What single precision leaves in the choice of the components alone. */
export function compressionError({ target, reference }: Moments, compression: Compression): number {
  return relativeRounding(
    Math.min(target.rows, reference.rows),
    participationRatio(compression.eigenvalues),
  );
}

/**
 * The covariances of the kept components once more, in double: their rows are k wide and not D, so that it takes a
 * fraction of the pass in which the components were found.
 * @throws EigenlensError as {@link Condition.readRows} does; CancelledError
 */
export async function refineInDouble(
  compression: FullCompression,
  moments: Moments,
  conditions: { readonly target: Condition; readonly reference: Condition },
  context: RunContext,
): Promise<FullCompression> {
  const { products } = context;
  const k = compression.components;
  const basis = compression.toNeurons(identity(k));
  const start = (name: ConditionName) => ({
    // Near the mean, so that little is left to take off at the end.
    mean: products.multiply(matrix(1, basis.columns, moments[name].mean), basis, {
      transposeB: true,
    }).values,
    sum: new Float64Array(k),
    squares: matrix(k, k),
  });
  const sums = { target: start("target"), reference: start("reference") };
  await forEachRowBlock([conditions.target, conditions.reference], context, (block) => {
    const own = sums[block.condition === conditions.target ? "target" : "reference"];
    const rows = matrix(block.rows, basis.columns, block.values);
    const projected = products.multiply(rows, basis, { transposeB: true });
    for (let at = 0; at < projected.values.length; at += k) {
      for (let j = 0; j < k; j += 1) {
        projected.values[at + j] -= own.mean[j];
        own.sum[j] += projected.values[at + j];
      }
    }
    products.addCrossProduct(own.squares, projected);
  });
  const covariance = (name: ConditionName): Matrix => {
    const { sum, squares } = sums[name];
    const { rows } = moments[name];
    mirrorLowerTriangle(squares);
    for (let i = 0; i < k; i += 1) {
      for (let j = 0; j < k; j += 1) {
        const at = i * k + j;
        squares.values[at] = (squares.values[at] - (sum[i] * sum[j]) / rows) / (rows - 1);
      }
    }
    return squares;
  };
  return {
    ...compression,
    target: covariance("target"),
    reference: covariance("reference"),
    numerics: { ...compression.numerics, referenceProjected: true },
  };
}

/** `sum_i w_i^2 s_i^2` for each row w, [m]. */
function sumsOfSquares({ rows, columns, values }: Matrix, variance: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, c) => {
    let sum = 0;
    for (let i = 0; i < columns; i += 1) sum += values[c * columns + i] ** 2 * variance[i];
    return sum;
  });
}

/** `tr(C)^2 / tr(C^2)` of eigenvalues. */
function participationRatio(eigenvalues: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (const value of eigenvalues) {
    sum += value;
    squares += value * value;
  }
  return sum ** 2 / squares;
}
