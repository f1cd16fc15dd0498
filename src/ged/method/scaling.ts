import type { Condition } from "../../conditions/condition.ts";
import { EigenlensError } from "../../errors.ts";
import type { RunContext } from "./context.ts";
import { forEachRowBlock } from "../full/rowBlocks.ts";

/** Total variances between these are computed with as they are: no product of them over- or underflows. */
const ordinary = { least: 1e-40, most: 1e40 };
/** That of the smaller condition: less may be what underflow has left. */
const leastSmaller = 1e-140;
/** Total variances between these, and all that is smaller in them, are held by a double. */
const held = { least: 1e-250, most: 1e290 };
/** Nothing may be larger than this after scaling: a large value that never varies, for one. */
const largestExponent = 500;
/** How many binary orders of magnitude two conditions may lie apart: their squares must be held by one double. */
const mostApart = 480;

/** Whether the conditions' total variances are so large or small (or lost to it) that they must be scaled first. */
export function needsScaling(target: number, reference: number): boolean {
  const smaller = Math.min(target, reference);
  const larger = Math.max(target, reference);
  return !(smaller >= leastSmaller && larger >= ordinary.least && larger <= ordinary.most);
}

/** Whether a variance of scaled activations can be given in the units of those that were read. */
export function canScaleBack(total: number, factor: number): boolean {
  const back = total / factor / factor;
  return back >= held.least && back <= held.most;
}

/**
 * The power of two that brings the larger condition's values, less what all its rows share, near 1; read from the
 * rows once more.
 * @returns 1 if neither condition varies
 * @throws EigenlensError "numerics" if the conditions are so far apart that no double holds both squares;
 *   CancelledError
 */
export async function suitableFactor(
  target: Condition,
  reference: Condition,
  context: Pick<RunContext, "cancellation" | "report">,
): Promise<number> {
  const extents = await measureExtents([target, reference], context);
  const [first, second] = extents.map(({ spread }) => exponentOf(spread));
  if (first === -Infinity && second === -Infinity) return 1;
  if (first !== -Infinity && second !== -Infinity && Math.abs(first - second) > mostApart) {
    const [large, small] = first > second ? [target, reference] : [reference, target];
    throw new EigenlensError(
      "numerics",
      `${small.name} varies by about 1e${decimal(Math.min(first, second))}, ${large.name} by ` +
        `1e${decimal(Math.max(first, second))}: the ratio of their variances is beyond what a double holds, so ` +
        `check how their activations were collected.`,
    );
  }
  const largest = Math.max(...extents.map((extent) => exponentOf(extent.largest)));
  // A double's own exponents end at 1023 and -1074.
  return 2 ** Math.min(-Math.max(first, second), largestExponent - largest, 1023);
}

/** The same condition with every value times a power of two. */
export function scaledCondition(condition: Condition, factor: number): Condition {
  if (factor === 1) return condition;
  return {
    ...condition,
    readRows: async (start, stop, destination) => {
      const rows =
        destination instanceof Float64Array ? destination : new Float64Array(destination.length);
      await condition.readRows(start, stop, rows);
      for (let i = 0; i < rows.length; i += 1) destination[i] = rows[i] * factor;
    },
  };
}

/** One line for whoever reads the numbers. */
export function scaledUnitsWarning(factor: number): string {
  return (
    `Squares of these activations are beyond what a double holds: variances, means and projections are those of ` +
    `the activations times 2^${Math.log2(factor)}; ratios, eigenvalues and directions do not depend on it.`
  );
}

interface Extent {
  /** Half of the widest neuron's range. */
  readonly spread: number;
  readonly largest: number;
}

async function measureExtents(
  conditions: readonly Condition[],
  context: Pick<RunContext, "cancellation" | "report">,
): Promise<Extent[]> {
  const ranges = new Map(
    conditions.map(({ columns }, at) => [
      conditions[at],
      {
        low: new Float64Array(columns).fill(Infinity),
        high: new Float64Array(columns).fill(-Infinity),
      },
    ]),
  );
  await forEachRowBlock(conditions, context, ({ condition, rows, values }) => {
    const range = ranges.get(condition);
    if (range === undefined) return;
    const { columns } = condition;
    for (let i = 0; i < rows; i += 1) {
      for (let j = 0; j < columns; j += 1) {
        const value = values[i * columns + j];
        if (value < range.low[j]) range.low[j] = value;
        if (value > range.high[j]) range.high[j] = value;
      }
    }
  });
  return [...ranges.values()].map(({ low, high }) => {
    let spread = 0;
    let largest = 0;
    for (let j = 0; j < low.length; j += 1) {
      spread = Math.max(spread, high[j] / 2 - low[j] / 2);
      largest = Math.max(largest, Math.abs(high[j]), Math.abs(low[j]));
    }
    return { spread, largest };
  });
}

/** -Infinity of 0. */
function exponentOf(value: number): number {
  return Math.floor(Math.log2(value));
}

function decimal(exponent: number): number {
  return Math.round(exponent * Math.log10(2));
}
