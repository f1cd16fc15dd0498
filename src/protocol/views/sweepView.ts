import type { SweptLayer } from "../sweep.ts";
import type { SeriesView } from "./seriesView.ts";

/** GED over layers as its page shows it. */
export interface SweepView extends SeriesView {
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
  readonly open: string;
  /** Of the table, in its order. */
  readonly columns: readonly string[];
}
