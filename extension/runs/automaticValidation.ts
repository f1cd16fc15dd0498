import {
  defaultValidationOptions,
  type ValidationOptions,
} from "../../src/ged/validation/options.ts";
import type { RunSummary } from "../../src/runs/summary.ts";

/** Up to this many rows the whole validation takes seconds; */
const rowsForAll = 250;
/** up to this many its quicker half does. */
const rowsForSome = 1000;

/**
 * The validation that follows a run by itself, so that no in-sample figure stands alone for long.
 * @returns undefined where it would take minutes: it then waits for the panel's button
 */
export function automaticValidation(summary: RunSummary): ValidationOptions | undefined {
  const rows = summary.target.rows + summary.reference.rows;
  if (rows <= rowsForAll) return defaultValidationOptions;
  if (rows > rowsForSome) return undefined;
  return { ...defaultValidationOptions, repeats: 2, permutations: 100, extended: false };
}
