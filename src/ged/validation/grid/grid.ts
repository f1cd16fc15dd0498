import { compressReduced } from "../../reduced/compressReduced.ts";
import { cutScree } from "../../method/cut.ts";
import { gatherConditions, referenceLabel, targetLabel } from "../../reduced/labelledRows.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import { CompressedRows } from "../../reduced/compressedRows.ts";
import { separateReduced } from "../../reduced/separateReduced.ts";
import type { PreparedSplit } from "../../reduced/reduceRows.ts";
import { inner } from "../../../linalg/small/tiles.ts";

/** Shrinkages and shares of variance to try. */
export interface GridAxes {
  readonly shrinkages: readonly number[];
  readonly shares: readonly number[];
  /** The most components, whatever the share. */
  readonly atMost?: number;
}

/**
 * Held-out squares of component 1, forward, for every shrinkage and share, on one split: the components of
 * the largest share are computed once, a smaller share takes the first of them.
 * @param starts where each part of the tested rows starts, for parts that are tested by themselves
 * @returns one for each part, [shrinkages, shares, 4]: target squares, target freedom, reference squares, reference
 *   freedom; NaN squares if the fit fails (a shrinkage of 0 with a singular reference)
 * @throws EigenlensError "numerics" if a condition has fewer than two training rows or nothing varies
 */
export function gridSquares(
  fold: PreparedSplit,
  labels: Uint8Array,
  axes: GridAxes,
  workspace: Workspace,
  starts: readonly number[] = [0],
): Float64Array[] {
  const { split, reduced } = fold;
  const own = Uint8Array.from(split.train, (row) => labels[row]);
  const { target, reference } = gatherConditions(reduced, own, workspace);
  const keep = (share: number) =>
    axes.atMost === undefined ? { share } : { share, atMost: axes.atMost };
  const largest = keep(Math.max(...axes.shares));
  const compression = compressReduced(reduced, target, reference, largest, workspace);
  const rows = new CompressedRows(compression, target, reference, workspace);
  const squares = starts.map(
    () => new Float64Array(axes.shrinkages.length * axes.shares.length * 4),
  );
  axes.shares.forEach((share, s) => {
    const { components: k } = cutScree(compression.eigenvalues, compression.total, keep(share));
    axes.shrinkages.forEach((shrinkage, g) => {
      const at = (g * axes.shares.length + s) * 4;
      let direction: Float64Array | undefined;
      if (shrinkage > 0 || reference.rows - 1 >= k) {
        direction = separateReduced(rows, "forward", shrinkage, 1, workspace, k).directions;
      }
      squares.forEach((part, p) => {
        addSquares(part, at, fold, labels, direction, starts[p], starts[p + 1]);
      });
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
  start: number,
  stop = fold.split.test.length,
): void {
  const { test } = fold.reduced;
  const r = test.columns;
  [targetLabel, referenceLabel].forEach((label, condition) => {
    let sum = 0;
    let square = 0;
    let count = 0;
    for (let t = start; t < stop; t += 1) {
      if (labels[fold.split.test[t]] !== label) continue;
      const projection = direction === undefined ? NaN : inner(test.values, t * r, direction, 0, r);
      sum += projection;
      square += projection * projection;
      count += 1;
    }
    squares[at + 2 * condition] = count === 0 ? 0 : square - (sum * sum) / count;
    squares[at + 2 * condition + 1] = Math.max(0, count - 1);
  });
}
