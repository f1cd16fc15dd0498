import type { Progress } from "../engine.ts";
import type { SweptLayer } from "../sweep.ts";

/** GED over layers as its panel shows it; JSON, so that the panel can keep it over a window reload. */
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

/** Host to sweep panel; `progress` while it lasts. */
export type HostToSweep =
  | { readonly kind: "sweep"; readonly view: SweepView; readonly progress?: Progress }
  | { readonly kind: "problem"; readonly message: string };

/** Sweep panel to host. */
export type SweepToHost =
  | { readonly kind: "ready" }
  /** Makes the run of one layer, by its place in `layers`. */
  | { readonly kind: "open"; readonly place: number }
  | { readonly kind: "cancel" }
  | { readonly kind: "rerun" }
  | { readonly kind: "copy"; readonly text: string }
  | { readonly kind: "fault"; readonly message: string; readonly stack?: string };
