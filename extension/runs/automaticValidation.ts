import { expectedSeconds } from "../../src/ged/validation/expectedSeconds.ts";
import {
  defaultValidationOptions,
  type ValidationOptions,
} from "../../src/ged/validation/options.ts";
import type { RunSummary } from "../../src/runs/summary.ts";

/** More rows than this are validated on demand alone: they would be read into memory unasked. */
const mostRows = 5000;
/** Fewer permutations than this give no interval worth the name. */
const leastPermutations = 100;

/** What the validation that follows a run may cost. */
export interface ValidationLimit {
  /** Seconds of the clock on an idle machine. */
  readonly seconds: number;
  readonly processors: number;
}

/**
 * The validation that follows a run by itself, so that no in-sample figure stands alone for long: as much of the whole
 * as is expected to fit the limit. It ends early if no p needs all permutations.
 * @returns undefined if not even few permutations would fit: it then waits for the panel's button
 */
export function automaticValidation(
  summary: RunSummary,
  { seconds, processors }: ValidationLimit,
): ValidationOptions | undefined {
  const { target, reference } = summary;
  if (target.rows + reference.rows > mostRows) return undefined;
  const options = { ...defaultValidationOptions, sequential: true };
  const size = {
    targetRows: target.rows,
    referenceRows: reference.rows,
    neurons: target.columns,
    components: summary.compression.components,
  };
  const expected = expectedSeconds(size, options.repeats);
  const left = seconds * processors - expected.splits;
  const hundreds = Math.floor(left / expected.permutation / leastPermutations);
  const permutations = Math.min(options.permutations, leastPermutations * hundreds);
  if (permutations < leastPermutations) return undefined;
  const extended = left - permutations * expected.permutation >= expected.extended;
  return { ...options, permutations, extended };
}
