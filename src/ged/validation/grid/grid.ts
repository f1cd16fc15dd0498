import { compressReduced } from "../../reduced/compressReduced.ts";
import { cutScree } from "../../method/cut.ts";
import { gatherCondition, referenceLabel, targetLabel } from "../../reduced/labelledRows.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import { CompressedRows } from "../../reduced/compressedRows.ts";
import { separateReduced } from "../../reduced/separateReduced.ts";
import type { PreparedSplit } from "../../reduced/reduceRows.ts";
import { inner } from "../../../linalg/small/tiles.ts";

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
  workspace: Workspace,
): Float64Array {
  const { split, reduced } = fold;
  const own = Uint8Array.from(split.train, (row) => labels[row]);
  const target = gatherCondition(reduced, own, targetLabel, workspace);
  const reference = gatherCondition(reduced, own, referenceLabel, workspace);
  const largest = { share: Math.max(...axes.shares) };
  const compression = compressReduced(reduced, target, reference, largest, workspace);
  const rows = new CompressedRows(compression, target, reference, workspace);
  const squares = new Float64Array(axes.shrinkages.length * axes.shares.length * 4);
  axes.shares.forEach((share, s) => {
    const { components: k } = cutScree(compression.eigenvalues, compression.total, { share });
    axes.shrinkages.forEach((shrinkage, g) => {
      const at = (g * axes.shares.length + s) * 4;
      let direction: Float64Array | undefined;
      if (shrinkage > 0 || reference.rows - 1 >= k) {
        direction = separateReduced(rows, "forward", shrinkage, 1, workspace, k).directions;
      }
      addSquares(squares, at, fold, labels, direction);
    });
  });
  return squares;
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
