import type { ConditionSource } from "../conditions/condition.ts";

/** Other files on which a direction that was found elsewhere is tried. */
export interface TransferRequest {
  readonly target: ConditionSource;
  readonly reference: ConditionSource;
  readonly permutations: number;
  readonly seed: number;
}
