import { rolesOfDirection, type DirectionName } from "../../method/directions.ts";
import type { ScoredComponent } from "../report.ts";
import { componentRow } from "../scores/evaluateSplit.ts";
import { jackknifeIntervals } from "../scores/jackknife.ts";
import { labelledProjections, scoreOutcomes, type Carries } from "../scores/scoreOutcomes.ts";
import type { HeldOutScoreSums } from "../scores/heldOutScores.ts";
import type { ValidationState } from "../validationState.ts";

/** Scores of one component, {@link scored} by the direction's own row. */
export function scoredComponent(
  state: ValidationState,
  direction: DirectionName,
  c: number,
): ScoredComponent {
  const row = componentRow(state.problem.layout, direction, c);
  return scored(state, row, rolesOfDirection[direction].carried);
}

/** Scores of the rows as far as repeats have come; none once a fold has failed, for then nothing counts as held out. */
export function rowScores(
  state: ValidationState,
  sums: HeldOutScoreSums | undefined,
): Pick<ScoredComponent, "heldOutScores" | "heldOutScoreRanges"> {
  return state.heldOut[0].length === 0 ? {} : (sums?.scores() ?? {});
}

/**
 * Scores of one line, and what intervals need no permutations.
 * @param row which of the outcomes' projections
 */
export function scored(state: ValidationState, row: number, carries: Carries): ScoredComponent {
  const key = `${row}/${state.heldOut[row].length}`;
  const known = state.scores.get(key);
  if (known !== undefined) return known;
  const made = score(state, row, carries);
  state.scores.set(key, made);
  return made;
}

function score(state: ValidationState, row: number, carries: Carries): ScoredComponent {
  const { labels, units } = state.problem;
  const inSample = scoreOutcomes(
    [[labelledProjections(state.whole.inSample, row, labels)]],
    carries,
  );
  const repeats = state.heldOut[row];
  if (repeats.length === 0) return { inSample, heldOut: null };
  const heldOut = scoreOutcomes(repeats, carries);
  const intervals = jackknifeIntervals(repeats.flat(), carries, units);
  return {
    inSample,
    heldOut,
    ...(Number.isFinite(intervals.auc.low) ? { heldOutAucInterval: intervals.auc } : {}),
    ...(state.scheme.kind === "trainTest" && Number.isFinite(intervals.ratio.low)
      ? { heldOutRatioInterval: intervals.ratio }
      : {}),
  };
}
