import type { Interval } from "../report.ts";
import { countWins, tieWidth, winOf } from "../../../statistics/areaUnderCurve.ts";
import type { Carries, LabelledProjections } from "./scoreOutcomes.ts";
import { studentQuantile } from "../../../statistics/studentQuantile.ts";
import type { Units } from "../design/units.ts";

/**
 * 95 % intervals of the held-out ratio and AUC: each unit (pair, group, row) is left out of the tested rows
 * of all folds and repeats, the pooled statistic taken again, and the spread of these turned into a standard
 * error (delete-one jackknife, Efron and Stein 1981; the ratio on a logarithmic scale) times Student's t.
 *
 * Repeats test the same rows again and again, so an interval over repeats says only how much the choice of
 * folds matters; this one says how much the choice of sentences does. The fits are not repeated: an interval
 * is of the directions as fitted, and where labels carry nothing the ratio they are fitted for is 1.
 */
export function jackknifeIntervals(
  parts: readonly LabelledProjections[],
  carries: Carries,
  units: Units,
): { readonly ratio: Interval; readonly auc: Interval } {
  const tested = new Set<number>();
  for (const part of parts) {
    for (const rows of [part.targetRows, part.referenceRows]) {
      for (const row of rows) tested.add(units.unitOf[row]);
    }
  }
  const position = new Map(Array.from(tested, (unit, i) => [unit, i]));
  const count = tested.size;
  const target = leaveOut(count);
  const reference = leaveOut(count);
  const wins = leaveOut(count);
  const at = (row: number) => position.get(units.unitOf[row]) ?? -1;
  for (const part of parts) {
    dropFromSquares(target, part.target, part.targetRows, at);
    dropFromSquares(reference, part.reference, part.referenceRows, at);
    dropFromWins(wins, part, at);
  }
  const ratios = new Float64Array(count);
  const areas = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const variance = (sum: LeaveOut) => (sum.value - sum.values[i]) / (sum.weight - sum.weights[i]);
    const logarithm = Math.log(variance(target) / variance(reference));
    ratios[i] = carries === "target" ? logarithm : -logarithm;
    areas[i] = variance(wins);
  }
  const logarithm = Math.log(target.value / target.weight / (reference.value / reference.weight));
  const ratio = spread(carries === "target" ? logarithm : -logarithm, ratios);
  const auc = spread(wins.value / wins.weight, areas);
  return {
    ratio: { low: Math.exp(ratio.low), high: Math.exp(ratio.high) },
    auc: { low: Math.max(0, auc.low), high: Math.min(1, auc.high) },
  };
}

/** A sum of values over a sum of weights, and what each unit would take away from both. */
interface LeaveOut {
  value: number;
  weight: number;
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

function leaveOut(count: number): LeaveOut {
  return {
    value: 0,
    weight: 0,
    values: new Float64Array(count),
    weights: new Float64Array(count),
  };
}

/** Squares about the mean, and about the mean of what is left without each unit. */
function dropFromSquares(
  sum: LeaveOut,
  values: Float64Array,
  rows: Int32Array,
  at: (row: number) => number,
): void {
  const n = values.length;
  if (n === 0) return;
  let mean = 0;
  for (const value of values) mean += value;
  mean /= n;
  const own = new Map<number, { rows: number; sum: number; squares: number }>();
  let squares = 0;
  values.forEach((value, i) => {
    const centred = value - mean;
    squares += centred * centred;
    const unit = own.get(at(rows[i])) ?? { rows: 0, sum: 0, squares: 0 };
    unit.rows += 1;
    unit.sum += centred;
    unit.squares += centred * centred;
    own.set(at(rows[i]), unit);
  });
  sum.value += squares;
  sum.weight += n - 1;
  for (const [i, unit] of own) {
    const left = n - unit.rows;
    // The rest sums to -unit.sum about the old mean.
    const rest = left === 0 ? 0 : squares - unit.squares - (unit.sum * unit.sum) / left;
    sum.values[i] += squares - rest;
    sum.weights[i] += n - 1 - Math.max(0, left - 1);
  }
}

/** Pairs of rows in which the carried order holds, and those that each unit takes part in. */
function dropFromWins(sum: LeaveOut, part: LabelledProjections, at: (row: number) => number): void {
  const wins = countWins(part.target, part.reference);
  const width = tieWidth(part.target, part.reference);
  const pairs = part.target.length * part.reference.length;
  const oriented = (value: number, of: number) => (part.upright ? value : of - value);
  sum.value += oriented(wins.total, pairs);
  sum.weight += pairs;
  const targetsOf = rowsByUnit(part.targetRows, at);
  const referencesOf = rowsByUnit(part.referenceRows, at);
  for (const unit of new Set([...targetsOf.keys(), ...referencesOf.keys()])) {
    const targets = targetsOf.get(unit) ?? [];
    const references = referencesOf.get(unit) ?? [];
    let value = 0;
    let weight = 0;
    for (const i of targets) {
      value += oriented(wins.target[i], part.reference.length);
      weight += part.reference.length;
    }
    for (const j of references) {
      value += oriented(wins.reference[j], part.target.length);
      weight += part.target.length;
    }
    for (const i of targets) {
      for (const j of references) {
        value -= oriented(winOf(part.target[i], part.reference[j], width), 1);
        weight -= 1;
      }
    }
    sum.values[unit] += value;
    sum.weights[unit] += weight;
  }
}

function rowsByUnit(rows: Int32Array, at: (row: number) => number): Map<number, number[]> {
  const byUnit = new Map<number, number[]>();
  rows.forEach((row, i) => {
    const unit = at(row);
    const own = byUnit.get(unit);
    if (own === undefined) byUnit.set(unit, [i]);
    else own.push(i);
  });
  return byUnit;
}

/** `value +- t sqrt((n-1)/n sum (x_i - mean)^2)` */
function spread(value: number, leftOut: Float64Array): Interval {
  const n = leftOut.length;
  let mean = 0;
  for (const x of leftOut) mean += x;
  mean /= n;
  let squares = 0;
  for (const x of leftOut) squares += (x - mean) ** 2;
  const error = Math.sqrt(((n - 1) / n) * squares) * studentQuantile(n - 1);
  return { low: value - error, high: value + error };
}
