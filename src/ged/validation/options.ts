import { EigenlensError } from "../../errors.ts";
import type { FoundStructure } from "./design/design.ts";

/** What the user may choose about one validation. */
export interface ValidationOptions {
  readonly folds: number;
  readonly repeats: number;
  readonly permutations: number;
  /** Whether fewer permutations will do if no p needs more; not if absent. p are then sequential ones. */
  readonly sequential?: boolean;
  readonly seed: number;
  /** Whether to add the shrinkage x share grid, the baselines and the bootstrap. */
  readonly extended: boolean;
  /**
   * Present if shrinkage and share are to be chosen anew in every fold and permutation, so that what is held out pays
   * for the choice; the share is at most this.
   */
  readonly tuning?: { readonly mostShare: number };
  /** Present if every fold and permutation is fitted once more with this shrinkage: a second test, as a check of power. */
  readonly secondShrinkage?: number;
  /** Dependence found in the rows that is taken into account; all of it if absent. */
  readonly structure?: FoundStructure;
  /** Instead of cross-validation: fit and test on exactly these rows of both conditions. */
  readonly trainRows?: { readonly start: number; readonly stop: number };
  readonly testRows?: { readonly start: number; readonly stop: number };
}

/** With fewer, no fold is left to choose by beside those that are fitted and held out. */
export const leastTuningFolds = 3;

/** Of a second fit: planted directions that 0.01 finds in half of the data sets, it finds in nearly all. */
export const secondShrinkage = 0.1;

export const defaultValidationOptions: ValidationOptions = {
  folds: 5,
  repeats: 3,
  permutations: 1000,
  seed: 1,
  extended: true,
};

/**
 * Checks that each option has a meaning of its own; whether the data allow it is judged later, part by part.
 * @throws EigenlensError "usage" naming the option, its value and what is allowed
 */
export function checkValidationOptions(options: ValidationOptions): void {
  checkWhole("number of folds", options.folds, 2, "default 5");
  checkWhole("number of repeats", options.repeats, 1, "default 3");
  checkWhole("number of permutations", options.permutations, 0, "default 1000, 0 for none");
  checkWhole("seed", options.seed, 0, "default 1");
  const { trainRows, testRows, tuning } = options;
  if (tuning !== undefined) checkTuning(options, tuning.mostShare);
  checkSecond(options);
  if ((trainRows === undefined) !== (testRows === undefined)) {
    throw new EigenlensError(
      "usage",
      trainRows === undefined
        ? "Rows to test on are given without rows to train on: give both ranges, such as 0:53 and 53:400."
        : "Rows to train on are given without rows to test on: give both ranges, such as 0:53 and 53:400.",
    );
  }
  if (trainRows !== undefined && testRows !== undefined) {
    checkRange("train", trainRows);
    checkRange("test", testRows);
    if (trainRows.start < testRows.stop && testRows.start < trainRows.stop) {
      throw new EigenlensError(
        "usage",
        `The rows to train on (${trainRows.start}:${trainRows.stop}) and to test on (${testRows.start}:${testRows.stop}) overlap: choose ranges without a common row.`,
      );
    }
  }
}

/** The folds without one must be folds of a cross-validation themselves. */
function checkTuning({ folds, trainRows }: ValidationOptions, mostShare: number): void {
  if (trainRows !== undefined) {
    throw new EigenlensError(
      "usage",
      "Shrinkage and share are chosen inside the folds of a cross-validation: leave the rows to train and test on out, or choose both yourself.",
    );
  }
  if (folds < leastTuningFolds) {
    throw new EigenlensError(
      "usage",
      `Shrinkage and share are chosen by the folds that are not held out, of which ${folds} folds leave ${folds - 1}: choose at least ${leastTuningFolds} folds (default 5).`,
    );
  }
  if (!(mostShare > 0 && mostShare <= 1)) {
    throw new EigenlensError(
      "usage",
      `The largest share of variance to choose from is ${mostShare}: choose a number above 0 and up to 1.`,
    );
  }
}

function checkSecond({ secondShrinkage: second, tuning }: ValidationOptions): void {
  if (second === undefined) return;
  if (!(second > 0 && second <= 1)) {
    throw new EigenlensError(
      "usage",
      `The shrinkage of the second fit is ${second}: choose a number above 0 and up to 1 (such as 0.1).`,
    );
  }
  if (tuning !== undefined) {
    throw new EigenlensError(
      "usage",
      "Shrinkage is chosen in every fold already: leave the second fit out, or choose the first's shrinkage yourself.",
    );
  }
}

function checkWhole(name: string, value: number, least: number, hint: string): void {
  if (!(Number.isSafeInteger(value) && value >= least)) {
    throw new EigenlensError(
      "usage",
      `The ${name} is ${value}: choose a whole number of at least ${least} (${hint}).`,
    );
  }
}

function checkRange(name: string, range: { readonly start: number; readonly stop: number }): void {
  const { start, stop } = range;
  if (!(Number.isInteger(start) && Number.isInteger(stop) && start >= 0 && stop - start >= 2)) {
    throw new EigenlensError(
      "usage",
      `The rows to ${name} on are ${start}:${stop}: choose at least two rows, first included, last excluded, counted from 0.`,
    );
  }
}
