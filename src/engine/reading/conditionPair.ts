import type { Condition } from "../../conditions/condition.ts";

/** The two conditions of a call, for as long as it takes. */
export interface ConditionPair {
  readonly target: Condition;
  readonly reference: Condition;
  /**
   * To be asked once the rows are read.
   * @throws EigenlensError "file-access" if a file changed since it was opened
   */
  checkUnchanged(): Promise<void>;
  /** Whether {@link hashOf} of both costs no more reading. */
  isHashed(): Promise<boolean>;
  /**
   * The hash of a condition's file.
   * @returns as {@link hashSource} does
   */
  hashOf(condition: Condition): Promise<string>;
}
