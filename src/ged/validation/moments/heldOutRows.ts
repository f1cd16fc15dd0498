import type { Scatter } from "../../../linalg/crossProductAccumulator.ts";
import { innerProduct } from "../../../linalg/innerProduct.ts";
import type { Matrix } from "../../../linalg/matrix.ts";
import {
  directionNames,
  ofDirections,
  type ConditionName,
  type Directions,
} from "../../method/directions.ts";
import type { HeldOutScores } from "../report.ts";
import type { SampledRows } from "./input.ts";
import type { BothSums } from "./scale.ts";

const conditionNames = ["target", "reference"] as const satisfies readonly ConditionName[];

/** Scores of a sample of rows, each from the fit on all folds but its own, as the validation of rows has them. */
export class HeldOutRows {
  readonly #rows: Readonly<Record<ConditionName, SampledRows>>;
  /** Filters of the fit on all rows, [m, D], as they are shown: signs are aligned with theirs. */
  readonly #shown: Directions<Matrix>;
  /** By direction and component. */
  readonly #scores: Directions<Record<ConditionName, (number | null)[]>[]>;

  /**
   * @param shown [m, D] of each direction, of any length and sign
   * @param neurons the same filters in neuron space, in which their signs are settled, if rows are projections
   */
  constructor(
    rows: Readonly<Record<ConditionName, SampledRows>>,
    shown: Directions<Matrix>,
    neurons = shown,
  ) {
    this.#rows = rows;
    this.#shown = ofDirections((direction) => signSettled(shown[direction], neurons[direction]));
    const unknown = (condition: ConditionName) =>
      new Array<number | null>(rows[condition].folds.length).fill(null);
    this.#scores = ofDirections((direction) =>
      Array.from({ length: shown[direction].rows }, () => ({
        target: unknown("target"),
        reference: unknown("reference"),
      })),
    );
  }

  /**
   * Scores the rows of one fold.
   * @param filters of the fit on the others, [m, D] of each direction; fewer if it had fewer components
   */
  add(fold: number, totals: BothSums, own: BothSums, filters: Directions<Matrix>): void {
    for (const condition of conditionNames) {
      const { values, folds } = this.#rows[condition];
      const mean = trainingMean(totals[condition], own[condition]);
      folds.forEach((each, row) => {
        if (each !== fold) return;
        const columns = mean.length;
        const centred = values
          .subarray(row * columns, (row + 1) * columns)
          .map((value, j) => value - mean[j]);
        for (const direction of directionNames) {
          this.#scores[direction].forEach((scores, c) => {
            if (c >= filters[direction].rows) return;
            const filter = rowOf(filters[direction], c);
            const sign = innerProduct(filter, rowOf(this.#shown[direction], c)) < 0 ? -1 : 1;
            const length = Math.sqrt(innerProduct(filter, filter));
            scores[condition][row] = (sign * innerProduct(filter, centred)) / length;
          });
        }
      });
    }
  }

  /** @param c from 0 */
  scores(direction: keyof Directions<unknown>, c: number): HeldOutScores {
    return this.#scores[direction][c];
  }
}

/** Of all rows but one fold's. */
function trainingMean(total: Scatter, fold: Scatter): Float64Array {
  const rows = total.rows - fold.rows;
  return total.mean.map((value, j) => value + (fold.rows / rows) * (value - fold.mean[j]));
}

/** The largest entry of each row in neuron space by magnitude positive, the first of equals. */
function signSettled(filters: Matrix, neurons: Matrix): Matrix {
  const values = filters.values.slice();
  const settled = { ...filters, values };
  for (let c = 0; c < filters.rows; c += 1) {
    const own = rowOf(settled, c);
    const largest = rowOf(neurons, c).reduce(
      (most, value) => (Math.abs(value) > Math.abs(most) ? value : most),
      0,
    );
    if (largest < 0) own.forEach((value, j) => (own[j] = -value));
  }
  return settled;
}

function rowOf({ values, columns }: Matrix, row: number): Float64Array {
  return values.subarray(row * columns, (row + 1) * columns);
}
