import { targetLabel } from "../../reduced/labelledRows.ts";
import type { SplitEvaluation } from "./evaluateSplit.ts";
import type { Outcome } from "./outcome.ts";
import type { HeldOutScores, ScoredComponent, ScoreRanges } from "../report.ts";

/** Scores that a report holds at the most: each is written three times, and all go to the panel again and again. */
const mostScores = 50_000;

/** How many components of each direction have their rows' scores kept: all of `components` of small data sets. */
export function scoredComponents(components: number, rows: number): number {
  return Math.max(1, Math.min(components, Math.floor(mostScores / rows)));
}

type KnownScores = Pick<ScoredComponent, "heldOutScores" | "heldOutScoreRanges">;

/** The training mean of the row's own condition, or the middle between both: there the difference of means is seen. */
export type ScoreOrigin = "ownMean" | "middle";

/** Collects, for one component, the score of each row from the fits that did not see it. */
export class HeldOutScoreSums {
  /** Which row of the outcomes' projections. */
  readonly #component: number;
  readonly #labels: Uint8Array;
  /** [N], scores on the direction as fitted on all rows: folds are given its sign. */
  readonly #whole: Float64Array;
  readonly #sums: Float64Array;
  readonly #counts: Int32Array;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  /** [N], which row's score each row has: that of the counted one for rows that repeat it. */
  readonly #standsFor: Int32Array;
  readonly #origin: ScoreOrigin;
  #known: KnownScores | undefined;

  /**
   * @param component which row of the outcomes' projections
   * @param labels [N]
   * @param sign 1 or -1: that of the direction as it is shown, relative to the fit on all rows
   * @param standsFor [N], the row whose score each row is given
   * @param origin what scores are counted from
   */
  constructor(
    component: number,
    whole: SplitEvaluation,
    labels: Uint8Array,
    sign: number,
    standsFor: Int32Array,
    origin: ScoreOrigin = "ownMean",
  ) {
    this.#component = component;
    this.#origin = origin;
    this.#standsFor = standsFor;
    this.#labels = labels;
    this.#sums = new Float64Array(labels.length);
    this.#counts = new Int32Array(labels.length);
    this.#low = new Float64Array(labels.length).fill(Infinity);
    this.#high = new Float64Array(labels.length).fill(-Infinity);
    this.#whole = new Float64Array(labels.length).fill(NaN);
    aboutMeans(whole.inSample, component, labels, origin, (row, score) => {
      this.#whole[row] = sign * score;
    });
  }

  add({ inSample, heldOut }: SplitEvaluation): void {
    this.#known = undefined;
    let agreement = 0;
    aboutMeans(inSample, this.#component, this.#labels, this.#origin, (row, score) => {
      agreement += score * this.#whole[row];
    });
    // A fold in which there is no such component has nothing to add.
    if (Number.isNaN(agreement)) return;
    const sign = agreement < 0 ? -1 : 1;
    aboutMeans(heldOut, this.#component, this.#labels, this.#origin, (row, score) => {
      this.#sums[row] += sign * score;
      this.#counts[row] += 1;
      this.#low[row] = Math.min(this.#low[row], sign * score);
      this.#high[row] = Math.max(this.#high[row], sign * score);
    });
  }

  /** Empty if no row was tested; ranges only if some row was tested more than once. */
  scores(): KnownScores {
    this.#known ??= this.#collect();
    return this.#known;
  }

  #collect(): KnownScores {
    if (this.#counts.every((count) => count === 0)) return {};
    const means = this.#ofConditions((row) => this.#sums[row] / this.#counts[row]);
    if (this.#counts.every((count) => count <= 1)) return { heldOutScores: means };
    const low = this.#ofConditions((row) => this.#low[row]);
    const high = this.#ofConditions((row) => this.#high[row]);
    const ranges = (condition: keyof HeldOutScores): ScoreRanges => ({
      low: low[condition],
      high: high[condition],
    });
    return {
      heldOutScores: means,
      heldOutScoreRanges: { target: ranges("target"), reference: ranges("reference") },
    };
  }

  /** In the order of the files; null for rows that were never tested. */
  #ofConditions(valueOf: (row: number) => number): HeldOutScores {
    const of = (isTarget: boolean): (number | null)[] =>
      Array.from(this.#labels.keys())
        .filter((row) => (this.#labels[row] === targetLabel) === isTarget)
        .map((row) => this.#standsFor[row])
        .map((row) => (this.#counts[row] === 0 ? null : valueOf(row)));
    return { target: of(true), reference: of(false) };
  }
}

/** Each row's projection about a training mean. */
function aboutMeans(
  outcome: Outcome,
  component: number,
  labels: Uint8Array,
  origin: ScoreOrigin,
  take: (row: number, score: number) => void,
): void {
  const { rows, projections, targetMeans, referenceMeans } = outcome;
  const middle = (targetMeans[component] + referenceMeans[component]) / 2;
  rows.forEach((row, t) => {
    const own = labels[row] === targetLabel ? targetMeans[component] : referenceMeans[component];
    const mean = origin === "middle" ? middle : own;
    take(row, projections.values[component * projections.columns + t] - mean);
  });
}
