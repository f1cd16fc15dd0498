import { EigenlensError } from "../../../errors.ts";
import { targetLabel } from "../../reduced/labelledRows.ts";
import { purposes, RandomStream } from "../../../statistics/random.ts";
import type { Split } from "../../reduced/reduceRows.ts";
import { unitName, type Units } from "./units.ts";

/**
 * One repeat of a stratified K-fold cross-validation in which units stay together: units in random order,
 * larger ones first, each to the fold that has least of the unit's conditions (`sum_c u_c f_c / n_c`, u and f
 * the rows of condition c in the unit and in the fold, n in all; the first of equals). Of rows that repeat
 * each other the first of each condition is counted, the others stand in no split.
 * @param labels [N]
 * @returns one split per fold; rows ascending
 * @throws EigenlensError "condition" if there are too few units for the folds
 */
export function crossValidationSplits(
  labels: Uint8Array,
  units: Units,
  folds: number,
  seed: number,
  repeat: number,
): Split[] {
  checkEnoughUnits(labels, units, folds);
  const counted = units.members.map((rows) => rows.filter((row) => units.counted[row] === 1));
  const sizes = counted.map((rows) => countLabels(labels, rows));
  const order = Array.from(units.members.keys());
  new RandomStream(seed, purposes.folds, repeat).shuffle(order);
  order.sort((a, b) => counted[b].length - counted[a].length);
  const totals = countLabels(labels, counted.flat());
  const filled = Array.from({ length: folds }, () => ({ target: 0, reference: 0 }));
  const foldOf = new Int32Array(units.members.length);
  for (const unit of order) {
    const size = sizes[unit];
    let best = 0;
    let least = Infinity;
    filled.forEach((fold, f) => {
      const load =
        (size.target * fold.target) / totals.target +
        (size.reference * fold.reference) / totals.reference;
      if (load < least) {
        least = load;
        best = f;
      }
    });
    foldOf[unit] = best;
    filled[best].target += size.target;
    filled[best].reference += size.reference;
  }
  return filled.map((_fold, f) => splitRows(units, (unit) => foldOf[unit] === f));
}

/**
 * The rows of one train/test split: the same range of both conditions.
 * @throws EigenlensError "condition" if a range reaches behind the last row of a condition
 */
export function trainTestSplit(
  targetRows: number,
  referenceRows: number,
  trainRows: { readonly start: number; readonly stop: number },
  testRows: { readonly start: number; readonly stop: number },
): Split {
  const rows = (range: { readonly start: number; readonly stop: number }): Int32Array => {
    const least = Math.min(targetRows, referenceRows);
    if (range.stop > least) {
      throw new EigenlensError(
        "condition",
        `Rows ${range.start}:${range.stop} reach behind the last row: the target has ${targetRows} rows, the reference ${referenceRows}; choose rows up to ${least}.`,
      );
    }
    const length = range.stop - range.start;
    return Int32Array.from({ length: 2 * length }, (_, i) =>
      i < length ? range.start + i : targetRows + range.start + i - length,
    );
  };
  return { train: rows(trainRows), test: rows(testRows) };
}

function splitRows({ unitOf, counted }: Units, isTested: (unit: number) => boolean): Split {
  const train: number[] = [];
  const test: number[] = [];
  unitOf.forEach((unit, row) => {
    if (counted[row] === 1) (isTested(unit) ? test : train).push(row);
  });
  return { train: Int32Array.from(train), test: Int32Array.from(test) };
}

function countLabels(
  labels: Uint8Array,
  rows: Iterable<number>,
): { target: number; reference: number } {
  const count = { target: 0, reference: 0 };
  for (const row of rows) {
    if (labels[row] === targetLabel) count.target += 1;
    else count.reference += 1;
  }
  return count;
}

/** How many folds can have rows of both conditions to test: the units that hold rows of the rarer one. */
export function mostFolds(labels: Uint8Array, units: Units): number {
  const { target, reference } = unitsHaving(labels, units);
  return Math.min(target, reference);
}

/**
 * Whether the folds of a repeat measure variances: in at least one fold each two rows of the target and of the reference
 * are tested, for squares are about the fold's own mean and a single row has none.
 * @param labels [N]
 */
export function measuresVariance(labels: Uint8Array, splits: readonly Split[]): boolean {
  const tested = splits.map(({ test }) =>
    countLabels(
      Uint8Array.from(test, (row) => labels[row]),
      test.keys(),
    ),
  );
  return tested.some(({ target }) => target >= 2) && tested.some(({ reference }) => reference >= 2);
}

function unitsHaving(labels: Uint8Array, units: Units): { target: number; reference: number } {
  const having = { target: 0, reference: 0 };
  for (const rows of units.kind === "none" ? units.clusters : units.members) {
    const count = countLabels(labels, rows);
    if (count.target > 0) having.target += 1;
    if (count.reference > 0) having.reference += 1;
  }
  return having;
}

function checkEnoughUnits(labels: Uint8Array, units: Units, folds: number): void {
  const having = unitsHaving(labels, units);
  const name = unitName(units.kind);
  for (const condition of ["target", "reference"] as const) {
    const found = having[condition];
    if (found >= folds) continue;
    const advice =
      found >= 2
        ? `choose ${found} folds or fewer`
        : `add rows that are independent of one another`;
    throw new EigenlensError(
      "condition",
      `Cross-validation with ${folds} folds needs ${folds} ${name} of each condition, but the ${condition} has ${found}: ${advice}.`,
    );
  }
}
