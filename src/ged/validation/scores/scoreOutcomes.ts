import type { RankedScore } from "../report.ts";
import type { ConditionName } from "../../method/directions.ts";
import { countWins } from "../../../statistics/areaUnderCurve.ts";
import { targetLabel } from "../../reduced/labelledRows.ts";
import type { Outcome } from "./outcome.ts";

/** Whose variance a direction carries. */
export type Carries = ConditionName;

/** One direction of one outcome, taken apart by condition. */
export interface LabelledProjections {
  readonly target: Float64Array;
  readonly reference: Float64Array;
  /** Rows of the two, in the same order. */
  readonly targetRows: Int32Array;
  readonly referenceRows: Int32Array;
  /** From where distances are taken: the means of the training rows. */
  readonly targetMean: number;
  readonly referenceMean: number;
  /** Whether the target lay higher in training, so that it should lie higher here. */
  readonly upright: boolean;
}

/** @param direction which row of the outcome's projections */
export function labelledProjections(
  outcome: Outcome,
  direction: number,
  labels: Uint8Array,
): LabelledProjections {
  const { rows, projections } = outcome;
  const start = direction * projections.columns;
  const pick = (isTarget: boolean) => {
    const positions = Array.from(rows.keys()).filter(
      (t) => (labels[rows[t]] === targetLabel) === isTarget,
    );
    return {
      values: Float64Array.from(positions, (t) => projections.values[start + t]),
      rows: Int32Array.from(positions, (t) => rows[t]),
    };
  };
  const target = pick(true);
  const reference = pick(false);
  return {
    target: target.values,
    reference: reference.values,
    targetRows: target.rows,
    referenceRows: reference.rows,
    targetMean: outcome.targetMeans[direction],
    referenceMean: outcome.referenceMeans[direction],
    upright: outcome.targetMeans[direction] >= outcome.referenceMeans[direction],
  };
}

/**
 * Pools outcomes (folds and repeats) into one score: squares about each outcome's own mean over the summed
 * degrees of freedom, and pairs of rows of one outcome compared with each other only, since directions of
 * different folds are not the same. The ratio is `exp(mean over repeats of log(pooled ratio))`, the statistic that
 * permutations are held against; with one repeat the quotient of the variances.
 * @param repeats the outcomes of each repeat
 */
export function scoreOutcomes(
  repeats: readonly (readonly LabelledProjections[])[],
  carries: Carries,
): RankedScore {
  const pooled = poolOutcomes(repeats.flat(), carries);
  const logarithms = repeats.map((parts) => Math.log(poolOutcomes(parts, carries).ratio));
  const mean = logarithms.reduce((sum, value) => sum + value, 0) / logarithms.length;
  return { ...pooled, ratio: repeats.length === 1 ? pooled.ratio : Math.exp(mean) };
}

function poolOutcomes(parts: readonly LabelledProjections[], carries: Carries): RankedScore {
  const target = { squares: 0, freedom: 0 };
  const reference = { squares: 0, freedom: 0 };
  let signed = 0;
  let distant = 0;
  let pairs = 0;
  for (const part of parts) {
    addSquares(target, part.target);
    addSquares(reference, part.reference);
    const { total, count } = orientedWins(part);
    signed += total;
    pairs += count;
    distant += distanceWins(part, carries);
  }
  const [carried, silenced] = carries === "target" ? [target, reference] : [reference, target];
  const carriedVariance = carried.squares / carried.freedom;
  const silencedVariance = silenced.squares / silenced.freedom;
  return {
    carriedVariance,
    silencedVariance,
    ratio: carriedVariance / silencedVariance,
    auc: signed / pairs,
    magnitudeAuc: distant / pairs,
  };
}

/** Signed projections, higher where the training mean was higher. */
export function orientedWins(part: LabelledProjections): { total: number; count: number } {
  const count = part.target.length * part.reference.length;
  const { total } = countWins(part.target, part.reference);
  if (Number.isNaN(part.targetMean)) return { total: NaN, count };
  return { total: part.upright ? total : count - total, count };
}

/** Distances from the training mean of each row's own condition, carried against silenced. */
function distanceWins(part: LabelledProjections, carries: Carries): number {
  if (Number.isNaN(part.targetMean)) return NaN;
  const target = part.target.map((value) => Math.abs(value - part.targetMean));
  const reference = part.reference.map((value) => Math.abs(value - part.referenceMean));
  return carries === "target"
    ? countWins(target, reference).total
    : countWins(reference, target).total;
}

function addSquares(sum: { squares: number; freedom: number }, values: Float64Array): void {
  if (values.length === 0) return;
  let mean = 0;
  for (const value of values) mean += value;
  mean /= values.length;
  for (const value of values) sum.squares += (value - mean) ** 2;
  sum.freedom += values.length - 1;
}
