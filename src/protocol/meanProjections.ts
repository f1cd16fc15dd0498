import type { ConditionName } from "./direction.ts";
import type { NeuronRequest } from "./neuronValues.ts";

/** Rows on one direction, [rows] of either condition, about the middle between both means. */
export type RowProjections = Readonly<Record<ConditionName, Float64Array>>;

/** Asks for the rows that a run was made from on some directions. */
export interface ProjectionRequest extends Omit<NeuronRequest, "neuron"> {
  /** [D] each; the rows are projected on these at unit length. */
  readonly directions: readonly Float64Array[];
}

/** Rows on the directions of the means, which both point from reference to target; in sample. */
export interface MeanProjections {
  readonly meanDifference: RowProjections;
  /** Absent if the run has no discriminant. */
  readonly discriminant?: RowProjections;
}
