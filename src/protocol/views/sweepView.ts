import type { Progress } from "../engine.ts";
import type { SweptLayer } from "../sweep.ts";

/** GED over layers as its panel shows it; JSON, so that the panel can keep it over a window reload. */
export interface SweepView {
  readonly title: string;
  readonly subtitle: string;
  readonly target: string;
  readonly reference: string;
  readonly layers: readonly SweptLayer[];
  /** How many layers there will be. */
  readonly count: number;
  readonly labels: SweepLabels;
}

export interface SweepLabels {
  /** "him over her" and the other way round, by which the lines are called. */
  readonly forward: string;
  readonly swapped: string;
  readonly layer: string;
  readonly ratioAxis: string;
  readonly chart: string;
  readonly finding: string;
  readonly caption: string;
  readonly cancel: string;
  readonly rerun: string;
  readonly open: string;
  /** Of the table, in its order. */
  readonly columns: readonly string[];
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
