import type { RowSource } from "../../reduced/rowSource.ts";
import { targetLabel } from "../../reduced/labelledRows.ts";
import { centredByPart, mostComparedRows, RowDistances } from "./distances.ts";
import type { Partition } from "./partition.ts";

/** Which rows of the two conditions stand nearest to each other. */
export interface Counterparts {
  /** [N], the row's counterpart in the other condition, or -1. */
  readonly counterpartOf: Int32Array;
  /** The share of the smaller condition's rows that have a clear counterpart. */
  readonly share: number;
  /** The same with the rows that are left over matched too, nearest first; [N], -1 where none is left. */
  complete(): Int32Array;
}

/** A counterpart is clear if it is this much nearer (squared) than any row of the row's own condition. */
const clearShare = 0.6;

/**
 * Finds the rows that look like two versions of one: nearest to each other across the conditions (each the
 * other's nearest, the conditions' means removed), and at six tenths of the squared distance of any other row of their
 * own condition or less. Independent rows have their nearest neighbours in either condition at about the same
 * distance.
 * @param labels [N]
 * @param repeats rows that repeat each other count as one
 * @param checkpoint is called once per row; throws to stop
 */
export function findCounterparts(
  source: RowSource,
  labels: Uint8Array,
  repeats: Partition,
  checkpoint?: () => void,
): Counterparts {
  const n = labels.length;
  const counterpartOf = new Int32Array(n).fill(-1);
  if (n > mostComparedRows) return { counterpartOf, share: 0, complete: () => counterpartOf };
  const distances = new RowDistances(centredByPart(source, labels, 2));
  const across = new Int32Array(n).fill(-1);
  const nearestAcross = new Float64Array(n).fill(Infinity);
  const nearestWithin = new Float64Array(n).fill(Infinity);
  for (let i = 0; i < n; i += 1) {
    checkpoint?.();
    for (let j = 0; j < i; j += 1) {
      const distance = distances.between(i, j);
      if (labels[i] !== labels[j]) {
        keepNearest(i, j, distance, across, nearestAcross);
        keepNearest(j, i, distance, across, nearestAcross);
      } else if (repeats.find(i) !== repeats.find(j)) {
        nearestWithin[i] = Math.min(nearestWithin[i], distance);
        nearestWithin[j] = Math.min(nearestWithin[j], distance);
      }
    }
  }
  let found = 0;
  let targets = 0;
  for (let i = 0; i < n; i += 1) {
    if (labels[i] !== targetLabel) continue;
    targets += 1;
    const j = across[i];
    if (j < 0 || across[j] !== i) continue;
    const within = Math.min(nearestWithin[i], nearestWithin[j]);
    if (!(nearestAcross[i] < clearShare * within)) continue;
    counterpartOf[i] = j;
    counterpartOf[j] = i;
    found += 1;
  }
  const least = Math.min(targets, n - targets);
  return {
    counterpartOf,
    share: least === 0 ? 0 : found / least,
    complete: () => matchTheRest(distances, labels, counterpartOf),
  };
}

/** Nearest first, each row once (greedy matching). */
function matchTheRest(
  distances: RowDistances,
  labels: Uint8Array,
  counterpartOf: Int32Array,
): Int32Array {
  const complete = counterpartOf.slice();
  const free = Array.from(complete.keys()).filter((row) => complete[row] < 0);
  const targets = free.filter((row) => labels[row] === targetLabel);
  const references = free.filter((row) => labels[row] !== targetLabel);
  const candidates = targets.flatMap((i) =>
    references.map((j) => ({ i, j, distance: distances.between(i, j) })),
  );
  candidates.sort((a, b) => a.distance - b.distance);
  for (const { i, j } of candidates) {
    if (complete[i] >= 0 || complete[j] >= 0) continue;
    complete[i] = j;
    complete[j] = i;
  }
  return complete;
}

function keepNearest(
  row: number,
  other: number,
  distance: number,
  nearest: Int32Array,
  distances: Float64Array,
): void {
  if (distance >= distances[row]) return;
  distances[row] = distance;
  nearest[row] = other;
}
