import type { SweptLayer } from "../sweep.ts";

/** GED over layers as its page shows it. */
export interface SweepView {
  readonly target: string;
  readonly reference: string;
  /** Names of the files that the target is read from. */
  readonly files: readonly string[];
  /** Where in the model: layers' places without their number, "blocks.#.mlp.hook_post". */
  readonly places: readonly string[];
  readonly layers: readonly SweptLayer[];
  /** How many layers there will be. */
  readonly count: number;
}
