import type { ConditionSource } from "../conditions/condition.ts";
import type { ConditionName } from "./direction.ts";

/** One neuron's activations, [rows] of either condition, in the units of the files. */
export type NeuronValues = Readonly<Record<ConditionName, Float64Array>>;

/** Asks for a neuron of the rows that a run was made from. */
export interface NeuronRequest {
  readonly target: ConditionSource;
  readonly reference: ConditionSource;
  /** Of the files, as the run's document has them. */
  readonly hashes: Readonly<Record<ConditionName, string>>;
  /** From 0. */
  readonly neuron: number;
}
