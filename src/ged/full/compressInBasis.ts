import type { Matrix } from "../../linalg/matrix.ts";
import { compressByCovariance } from "./compressByCovariance.ts";
import { knownRanks, type FullCompression } from "./compression.ts";
import type { RunContext } from "../method/context.ts";
import { shareWithin } from "../method/keep.ts";
import type { GedOptions } from "../method/options.ts";
import {
  averageVariance,
  type ConditionMoments,
  type CovarianceMoments,
} from "./moments/moments.ts";

/**
 * Compresses covariances that are known in a basis V' [k, D] only: within it, and mapped back to the neurons. Shares of
 * variance count what lies outside of it, which is in no component: `S x` stands for `V V'S V V'x`.
 * @throws CancelledError
 */
export function compressInBasis(
  moments: CovarianceMoments,
  basis: Matrix,
  options: GedOptions,
  context: RunContext,
): FullCompression {
  const { products } = context;
  const within = momentsWithin(moments);
  const total = averageVariance(moments);
  const share = Math.min(1, averageVariance(within) / total);
  const keep = shareWithin(options.keep, share);
  const found = compressByCovariance(within, undefined, { ...options, keep }, context);
  const toNeurons = (inside: Matrix) => products.multiply(inside, basis);
  const toBasis = (vectors: Matrix) => products.multiply(vectors, basis, { transposeB: true });
  return {
    ...found,
    totalVariance: total,
    varianceKept: found.varianceKept * share,
    ...knownRanks(moments, found.eigenvalues, total),
    toNeurons: (coefficients) => toNeurons(found.toNeurons(coefficients)),
    covarianceTimes: (condition, coefficients) =>
      toNeurons(found.covarianceTimes(condition, coefficients)),
    toComponents: (vectors) => found.toComponents(toBasis(vectors)),
    covarianceOf: (condition, vectors) =>
      toNeurons(found.covarianceOf(condition, toBasis(vectors))),
  };
}

/** The same covariances as if their k columns were neurons. */
function momentsWithin(moments: CovarianceMoments): CovarianceMoments {
  const { target, reference, targetCovariance, referenceCovariance } = moments;
  const { route, precision } = moments;
  const columns = targetCovariance.rows;
  const own = ({ name, rows }: ConditionMoments, covariance: Matrix): ConditionMoments => ({
    name,
    rows,
    // Only tells which columns are constant, of which a basis has none.
    mean: new Float64Array(columns),
    variance: Float64Array.from({ length: columns }, (_, j) => covariance.values[j * columns + j]),
  });
  return {
    ...{ route, precision, columns, targetCovariance, referenceCovariance },
    target: own(target, targetCovariance),
    reference: own(reference, referenceCovariance),
  };
}
