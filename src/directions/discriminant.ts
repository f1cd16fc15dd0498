import type { Compression } from "../ged/full/compression.ts";
import { shrinking, shrunkVariance } from "../ged/method/shrinkage/shrink.ts";
import { matrix } from "../linalg/matrix.ts";
import { inner } from "../linalg/small/tiles.ts";

/**
 * Fisher's linear discriminant in the kept components, on the average covariance shrunk as the reference is:
 * `V ((1-g) L + g mean(L))^-1 V'd`; L is diagonal there. The same direction is the baseline of a validation.
 * @param components `V'd` of the mean difference d, [k]
 * @param gamma g, in [0, 1]
 * @returns [D], unit length; undefined if the kept components hold nothing of the difference
 */
export function discriminantDirection(
  compression: Pick<Compression, "eigenvalues" | "toNeurons">,
  components: Float64Array,
  gamma: number,
): Float64Array | undefined {
  const k = components.length;
  const { eigenvalues } = compression;
  let mean = 0;
  for (let i = 0; i < k; i += 1) mean += eigenvalues[i] / k;
  const by = shrinking(gamma, mean);
  const weights = components.map((value, i) => value / shrunkVariance(by, eigenvalues[i]));
  const length = Math.sqrt(inner(weights, 0, weights, 0, k));
  if (!(length > 0 && length < Infinity)) return undefined;
  const unit = weights.map((value) => value / length);
  return compression.toNeurons(matrix(1, k, unit)).values;
}
