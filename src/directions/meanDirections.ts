import type { FullCompression } from "../ged/full/compression.ts";
import type { ConditionMoments } from "../ged/full/moments/moments.ts";
import { matrix } from "../linalg/matrix.ts";
import { discriminantDirection } from "./discriminant.ts";
import { eraserDirection } from "./eraser.ts";

/** Directions that belong to the difference of the conditions' means, [D] each; those of equal means are absent. */
export interface MeanDirections {
  readonly discriminant?: Float64Array;
  readonly eraser?: Float64Array;
}

/** What the difference of two conditions is known by. */
export interface MeanDifference {
  readonly target: Pick<ConditionMoments, "rows" | "mean">;
  readonly reference: Pick<ConditionMoments, "rows" | "mean">;
}

/**
 * The linear discriminant and the eraser of one run.
 * @param gamma g that the reference is shrunk by, in [0, 1]
 */
export function meanDirections(
  compression: FullCompression,
  means: MeanDifference,
  gamma: number,
): MeanDirections {
  const difference = meanDifference(means.target.mean, means.reference.mean);
  if (difference.every((value) => value === 0)) return {};
  const components = compression.toComponents(matrix(1, difference.length, difference)).values;
  const discriminant = discriminantDirection(compression, components, gamma);
  const rows = { target: means.target.rows, reference: means.reference.rows };
  const eraser = eraserDirection(compression, difference, components, rows, gamma);
  return {
    ...(discriminant === undefined ? {} : { discriminant }),
    ...(eraser === undefined ? {} : { eraser }),
  };
}

/** Mean of the first less mean of the second, [D]. */
export function meanDifference(first: Float64Array, second: Float64Array): Float64Array {
  return first.map((value, j) => value - second[j]);
}
