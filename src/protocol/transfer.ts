import type { ConditionSource } from "../conditions/condition.ts";
import type { TransferReport } from "../ged/validation/transfer/transfer.ts";

/** Other files on which a direction that was found elsewhere is tried. */
export interface TransferRequest {
  readonly target: ConditionSource;
  readonly reference: ConditionSource;
  readonly permutations: number;
  readonly seed: number;
}

/** A direction's score on other rows, and whether they really are other rows. */
export interface TransferResult extends TransferReport {
  /** Plain words to read before the numbers; empty if there are none. */
  readonly warnings: readonly string[];
}
