import { EigenlensError } from "../../errors.ts";
import type { Split } from "../reduced/reduceRows.ts";
import {
  crossValidationSplits,
  measuresVariance,
  mostFolds,
  trainTestSplit,
} from "./design/splits.ts";
import { unitName, type Units } from "./design/units.ts";
import { reasonOf } from "./scores/evaluateSplit.ts";
import type { ValidationInput } from "./input.ts";
import type { ValidationOptions } from "./options.ts";
import type { ValidationScheme } from "./report.ts";

/** The splits of each repeat; none, with a line that says why, if the rows do not allow them. */
export function planRepeats(
  labels: Uint8Array,
  units: Units,
  input: Pick<ValidationInput, "targetRows" | "referenceRows">,
  options: ValidationOptions,
  omitted: string[],
): { readonly repeats: Split[][]; readonly folds: number } {
  const { trainRows, testRows, seed } = options;
  if (trainRows !== undefined && testRows !== undefined) {
    const { targetRows, referenceRows } = input;
    return {
      repeats: [[trainTestSplit(targetRows, referenceRows, trainRows, testRows)]],
      folds: 1,
    };
  }
  const most = mostFolds(labels, units);
  let folds = most >= 2 ? Math.min(options.folds, most) : options.folds;
  if (folds < options.folds) {
    omitted.push(
      `${options.folds} folds: only ${most} ${unitName(units.kind)} of a condition can be held apart, so ${folds} folds are used.`,
    );
  }
  const repeats = orOmitted(omitted, "Held-out scores", () => {
    const split = (count: number) =>
      Array.from({ length: options.repeats }, (_, repeat) =>
        crossValidationSplits(labels, units, count, seed, repeat),
      );
    const isMeasured = (each: Split[]) => measuresVariance(labels, each);
    let found = split(folds);
    while (folds > 2 && !found.every(isMeasured)) {
      folds -= 1;
      found = split(folds);
    }
    if (found.every(isMeasured)) return found;
    throw new EigenlensError(
      "condition",
      "Every fold would test a single row of a condition, which has no variance: add rows that are independent of one another.",
    );
  });
  const planned = Math.min(options.folds, most);
  if (repeats !== undefined && folds < planned) {
    omitted.push(
      `${planned} folds: each would test a single row of a condition, which has no variance, so ${folds} folds are used.`,
    );
  }
  return { repeats: repeats ?? [], folds };
}

/** A part of the report, or a line that says why it is not there. */
export function orOmitted<T>(omitted: string[], part: string, make: () => T): T | undefined {
  try {
    return make();
  } catch (thrown) {
    omitted.push(`${part}: ${reasonOf(thrown)}`);
    return undefined;
  }
}

/** All rows, or the training rows of the one train/test split. */
export function trainingRows(
  labels: Uint8Array,
  options: ValidationOptions,
  repeats: readonly (readonly Split[])[],
): Int32Array {
  return options.trainRows === undefined ? Int32Array.from(labels.keys()) : repeats[0][0].train;
}

/** How rows are held out, as the report says it. */
export function schemeOf(
  options: ValidationOptions,
  units: Units,
  folds: number,
): ValidationScheme {
  const { trainRows, testRows, repeats, seed } = options;
  return trainRows !== undefined && testRows !== undefined
    ? { kind: "trainTest", trainRows, testRows }
    : { kind: "crossValidation", folds, repeats, seed, grouping: units.kind };
}
