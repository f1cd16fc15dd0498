import type { Matrix } from "../../../linalg/matrix.ts";
import type { RowSource } from "../../reduced/rowSource.ts";
import type { Units } from "./units.ts";

/** Above this share of rows that are nearest to their counterpart, rows hardly stand alone. */
const suspiciousShare = 0.5;

/**
 * A warning where rows look as if they came in pairs that nobody named: partners on both sides of a split make the
 * tested rows no new ones.
 * @returns one line or none
 */
export function describeUnnamedPairs(
  source: RowSource,
  units: Units,
  targetRows: number,
  referenceRows: number,
): string[] {
  if (units.kind !== "none" || source.kind !== "gram" || targetRows !== referenceRows) return [];
  const share = shareNearestCounterpart(source.gram, targetRows);
  if (!(targetRows >= 5 && share > suspiciousShare)) return [];
  return [
    `${Math.round(100 * share)} % of the rows are nearer to the row of the same number in the other condition than to any other there, so they seem to come in pairs that are not named: partners are then split between fitting and testing, and held-out figures mislead. Put the sentences or pairs beside the files (sentences.json), or name a column of groups.`,
  ];
}

/**
 * The share of target rows whose nearest reference row (Euclidean) is the one of the same number; 1 / n by chance.
 * @param gram inner products [2n, 2n], target rows first
 * @param n rows of each condition
 */
export function shareNearestCounterpart(gram: Matrix, n: number): number {
  const total = 2 * n;
  let nearest = 0;
  for (let i = 0; i < n; i += 1) {
    // The row's own length is the same in all its distances.
    const distance = (j: number): number =>
      gram.values[j * total + j] - 2 * gram.values[i * total + j];
    const own = distance(n + i);
    let isNearest = true;
    for (let j = n; j < total && isNearest; j += 1) {
      isNearest = j === n + i || distance(j) > own;
    }
    if (isNearest) nearest += 1;
  }
  return nearest / n;
}
