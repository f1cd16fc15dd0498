import type { Matrix } from "../../../linalg/matrix.ts";

/** Rows on directions that were fitted on the training rows of one split: scores need no more. */
export interface Outcome {
  /** [t], which rows were projected. */
  readonly rows: Int32Array;
  /** [d, t], one direction a row; NaN if a direction could not be fitted. */
  readonly projections: Matrix;
  /** [d], means of the training rows of each condition on each direction. */
  readonly targetMeans: Float64Array;
  readonly referenceMeans: Float64Array;
}
