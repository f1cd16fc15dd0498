import { ofDirections, type DirectionName } from "../../ged/method/directions.ts";
import type { ComparableRun } from "./comparableRun.ts";
import type { ComparedDirections, ComparedPair, RunComparison, SharedRows } from "./comparison.ts";
import { heldOutChange } from "./heldOutChange.ts";
import { compareVectors } from "./neuronSpace.ts";
import { sharedRowsOf } from "./sharedRows.ts";

/** Sets finished runs side by side and compares each with each. */
export function compareRuns(runs: readonly ComparableRun[]): RunComparison {
  const pairs = runs.flatMap((one, first) =>
    runs.slice(first + 1).map((other, place) => comparePair(one, other, first, first + 1 + place)),
  );
  return { runs: runs.map(({ run }) => run), pairs };
}

function comparePair(
  one: ComparableRun,
  other: ComparableRun,
  first: number,
  second: number,
): ComparedPair {
  const sharedRows = sharedRowsOf(one.record, other.record);
  return {
    first,
    second,
    sharedRows,
    directions: ofDirections((direction) => compareDirection(one, other, direction, sharedRows)),
  };
}

function compareDirection(
  one: ComparableRun,
  other: ComparableRun,
  direction: DirectionName,
  sharedRows: SharedRows,
): ComparedDirections {
  const heldOut = heldOutChange(
    one.run.directions[direction].heldOut,
    other.run.directions[direction].heldOut,
    sharedRows,
  );
  return {
    neurons: neuronsOf(one, other, direction),
    ...(heldOut === undefined ? {} : { heldOut }),
  };
}

function neuronsOf(
  one: ComparableRun,
  other: ComparableRun,
  direction: DirectionName,
): ComparedDirections["neurons"] {
  if (one.run.target.columns !== other.run.target.columns) return "widths";
  const [first, second] = [one.vectors[direction], other.vectors[direction]];
  return first === undefined || second === undefined ? "noLoadings" : compareVectors(first, second);
}
