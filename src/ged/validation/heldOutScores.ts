import { targetLabel } from "../reduced/labelledRows.ts";
import type { SplitEvaluation } from "./evaluateSplit.ts";
import type { HeldOutScores } from "./report.ts";
import type { Outcome } from "./outcome.ts";

/** Collects, for one direction, the score of each row from the fits that did not see it. */
export class HeldOutScoreSums {
  readonly #direction: number;
  readonly #labels: Uint8Array;
  /** [N], scores on the direction as fitted on all rows: folds are given its sign. */
  readonly #whole: Float64Array;
  readonly #sums: Float64Array;
  readonly #counts: Int32Array;
  /** [N], which row's score each row has: that of the counted one for rows that repeat it. */
  readonly #standsFor: Int32Array;

  /**
   * @param direction which row of the outcomes' projections
   * @param labels [N]
   * @param sign 1 or -1: that of the direction as it is shown, relative to the fit on all rows
   * @param standsFor [N], the row whose score each row is given
   */
  constructor(
    direction: number,
    whole: SplitEvaluation,
    labels: Uint8Array,
    sign: number,
    standsFor: Int32Array,
  ) {
    this.#direction = direction;
    this.#standsFor = standsFor;
    this.#labels = labels;
    this.#sums = new Float64Array(labels.length);
    this.#counts = new Int32Array(labels.length);
    this.#whole = new Float64Array(labels.length).fill(NaN);
    aboutMeans(whole.inSample, direction, labels, (row, score) => {
      this.#whole[row] = sign * score;
    });
  }

  add({ inSample, heldOut }: SplitEvaluation): void {
    let agreement = 0;
    aboutMeans(inSample, this.#direction, this.#labels, (row, score) => {
      agreement += score * this.#whole[row];
    });
    const sign = agreement < 0 ? -1 : 1;
    aboutMeans(heldOut, this.#direction, this.#labels, (row, score) => {
      this.#sums[row] += sign * score;
      this.#counts[row] += 1;
    });
  }

  /** Undefined if no row was tested. */
  scores(): HeldOutScores | undefined {
    if (this.#counts.every((count) => count === 0)) return undefined;
    const of = (isTarget: boolean): (number | null)[] =>
      Array.from(this.#labels.keys())
        .filter((row) => (this.#labels[row] === targetLabel) === isTarget)
        .map((row) => this.#standsFor[row])
        .map((row) => (this.#counts[row] === 0 ? null : this.#sums[row] / this.#counts[row]));
    return { target: of(true), reference: of(false) };
  }
}

/** Each row's projection about the training mean of its own condition. */
function aboutMeans(
  outcome: Outcome,
  direction: number,
  labels: Uint8Array,
  take: (row: number, score: number) => void,
): void {
  const { rows, projections, targetMeans, referenceMeans } = outcome;
  rows.forEach((row, t) => {
    const mean = labels[row] === targetLabel ? targetMeans[direction] : referenceMeans[direction];
    take(row, projections.values[direction * projections.columns + t] - mean);
  });
}
