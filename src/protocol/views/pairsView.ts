import type { ConditionSource } from "../../conditions/condition.ts";
import type { ComparedPair } from "../pairs.ts";

/** Every two labels of one column as their page shows them. */
export interface PairsView {
  /** All rows. */
  readonly source: ConditionSource;
  /** What the source is called: "data.npz#activations". */
  readonly from: string;
  readonly column: string;
  /** Rows and columns of the matrix. */
  readonly labels: readonly string[];
  /** Those done so far, row by row of the matrix above its diagonal. */
  readonly pairs: readonly ComparedPair[];
}
