import { compressReduced } from "./compressReduced.ts";
import type { PreparedSplit } from "./exchangeStatistics.ts";
import { cutScree } from "../cut.ts";
import { gatherCondition, referenceLabel, targetLabel } from "./labelledRows.ts";
import type { Scratch } from "./scratch.ts";
import { scoreRows, separateReduced } from "./separateReduced.ts";
import { inner } from "./tiles.ts";

/** Shrinkages and shares of variance to try. */
export interface GridAxes {
  readonly shrinkages: readonly number[];
  readonly shares: readonly number[];
}

/**
 * Held-out squares of component 1, forward, for every shrinkage and share, on one split: the components of
 * the largest share are computed once, a smaller share takes the first of them.
 * @returns [shrinkages, shares, 4]: target squares, target freedom, reference squares, reference freedom; NaN
 *   squares where the fit fails (a shrinkage of 0 with a singular reference)
 */
export function gridSquares(
  fold: PreparedSplit,
  labels: Uint8Array,
  axes: GridAxes,
  scratch: Scratch,
): Float64Array {
  const { split, reduced } = fold;
  const r = reduced.train.columns;
  const own = Uint8Array.from(split.train, (row) => labels[row]);
  const target = gatherCondition(reduced, own, targetLabel, scratch);
  const reference = gatherCondition(reduced, own, referenceLabel, scratch);
  const largest = { variance: Math.max(...axes.shares) };
  const compression = compressReduced(reduced, target, reference, largest, scratch);
  const rows = scoreRows(compression, target, reference, r, scratch);
  const squares = new Float64Array(axes.shrinkages.length * axes.shares.length * 4);
  axes.shares.forEach((share, s) => {
    const { components: k } = cutScree(compression.eigenvalues, compression.total, share);
    const stride = compression.components;
    const traces = {
      target: leadingTrace(rows.targetScores, target.rows, stride, k) / (target.count - 1),
      reference:
        leadingTrace(rows.referenceScores, reference.rows, stride, k) / (reference.count - 1),
    };
    axes.shrinkages.forEach((shrinkage, g) => {
      const at = (g * axes.shares.length + s) * 4;
      let direction: Float64Array | undefined;
      if (shrinkage > 0 || reference.rows - 1 >= k) {
        direction = separateReduced(
          compression,
          rows,
          "target",
          shrinkage,
          1,
          r,
          scratch,
          k,
          traces,
        ).directions;
      }
      addSquares(squares, at, fold, labels, direction);
    });
  });
  return squares;
}

function leadingTrace(scores: Float64Array, rows: number, stride: number, k: number): number {
  let sum = 0;
  for (let i = 0; i < rows; i += 1) sum += inner(scores, i * stride, scores, i * stride, k);
  return sum;
}

function addSquares(
  squares: Float64Array,
  at: number,
  fold: PreparedSplit,
  labels: Uint8Array,
  direction: Float64Array | undefined,
): void {
  const { test } = fold.reduced;
  const r = test.columns;
  [targetLabel, referenceLabel].forEach((label, condition) => {
    let sum = 0;
    let square = 0;
    let count = 0;
    fold.split.test.forEach((row, t) => {
      if (labels[row] !== label) return;
      const projection = direction === undefined ? NaN : inner(test.values, t * r, direction, 0, r);
      sum += projection;
      square += projection * projection;
      count += 1;
    });
    squares[at + 2 * condition] = count === 0 ? 0 : square - (sum * sum) / count;
    squares[at + 2 * condition + 1] = Math.max(0, count - 1);
  });
}
