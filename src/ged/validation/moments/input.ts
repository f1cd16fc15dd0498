import type { ConditionName } from "../../method/directions.ts";
import type { Scatter } from "../../../linalg/crossProductAccumulator.ts";
import type { Matrix } from "../../../linalg/matrix.ts";

/** One condition's moments, in all and per fold; each is read when it is asked for. */
export interface FoldedMoments {
  readonly name: string;
  /** @throws EigenlensError if the folds do not add up to it */
  total(): Promise<Scatter>;
  fold(fold: number): Promise<Scatter>;
  /** Of a group of clusters, which lies in fold `group` modulo the number of folds; only if there are groups. */
  group(group: number): Promise<Scatter>;
}

/** Rows of one condition that were kept as they are. */
export interface SampledRows {
  /** [m, D], row-major. */
  readonly values: Float64Array;
  /** The fold of each, [m]. */
  readonly folds: readonly number[];
}

/** Two conditions in one partition into folds. */
export interface MomentsFolds {
  readonly assignment: {
    readonly folds: number;
    readonly seed: number;
    readonly rule: "design" | "hash" | "given";
    readonly unit: "clusters" | "rows";
    /** Groups of clusters; `paired` if both conditions have rows of the same ones. */
    readonly groups?: { readonly count: number; readonly paired: boolean };
  };
  readonly target: FoldedMoments;
  readonly reference: FoldedMoments;
  /** A sample of the rows of both, to be scored held out. */
  readonly sample?: { readonly target: SampledRows; readonly reference: SampledRows };
  /** Present if moments are of projections on orthonormal directions. */
  readonly range?: {
    /** [k, D], orthonormal rows */
    readonly basis: Matrix;
    /** What these hold of the variance of both conditions, in (0, 1]. */
    readonly share: number;
    /** Of every neuron, ddof = 1, [D]. */
    readonly variances: Readonly<Record<ConditionName, Float64Array>>;
  };
}
