import type { KernelMemory } from "../../../linalg/small/kernelMemory.ts";
import { leastEigenpairs } from "../../../linalg/small/leastEigenpairs.ts";
import { inner } from "../../../linalg/small/tiles.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import { rolesOfDirection, type DirectionName, type Directions } from "../../method/directions.ts";
import type { Keep } from "../../method/keep.ts";
import { shrinking } from "../../method/shrinkage/shrink.ts";
import { discardedSpan } from "./discardedSpan.ts";
import type { HalvedRows } from "./halvedRows.ts";
import { rowsPencil, type RowsPencil } from "./rowsPencil.ts";

/** What is asked of both directions. */
export interface Goal {
  readonly count: number;
  /** Of m: beyond, it says too little of l. */
  readonly limit: number;
}

/**
 * `S w = l ((1-g) R + g a I) w` in the kept span as a small problem of the carried rows, for fewer rows than kept
 * dimensions: with `D = (1-g) (S + R) + g a I` and `S = Y'Y / (n/2 - 1)` the vectors z of
 * `(I - (1-g) Y D^-1 Y' / (n/2 - 1)) z = z / m` have `w = D^-1 Y'z` and `m = 1 + (1-g) l`; see {@link rowsPencil}.
 * @param shrinkage g, above 0
 * @returns unit directions, [count, r], one per row; undefined if an eigenvalue is beyond the limit or u takes nearly
 *   all of some variance: another way then loses less
 * @throws EigenlensError "numerics" if a vector is not found
 */
export function fitFewRows(
  halves: HalvedRows,
  keep: Keep,
  shrinkage: number,
  goal: Goal,
  memory: KernelMemory,
  workspace: Workspace,
): Directions<Float64Array> | undefined {
  const { rows, count: n, sums, update, traces } = halves;
  const half = n / 2;
  const r = sums.length;
  const span = discardedSpan(sums, update, keep, memory, workspace);
  const { components: k, vectors } = span;
  const discarded = r - k;
  const scores = memory.piece("few.scores", Math.max(1, n * discarded));
  memory.kernels.multiply({
    a: { address: rows.address, outer: r, step: 1 },
    b: { address: vectors.address, outer: r, step: 1 },
    c: scores.address,
    cRow: discarded,
    rows: n,
    columns: discarded,
    depth: r,
    alpha: 1,
    overwrite: true,
    lower: false,
  });
  const split = half * discarded;
  const left = {
    target: inner(scores.values, 0, scores.values, 0, split),
    reference: inner(scores.values, split, scores.values, split, split),
  };
  const pencilOf = (direction: DirectionName): RowsPencil | undefined => {
    const { carried, silenced } = rolesOfDirection[direction];
    const alpha = (traces[silenced] - left[silenced] / (half - 1)) / k;
    const first = carried === "target" ? 0 : half;
    const own = {
      rows: rows.address + 8 * first * r,
      scores: scores.address + 8 * first * discarded,
    };
    return rowsPencil(halves, span, own, shrinking(shrinkage, alpha), direction, memory);
  };
  const forward = pencilOf("forward");
  const swapped = pencilOf("swapped");
  if (forward === undefined || swapped === undefined) return undefined;
  const [ofForward, ofSwapped] = leastEigenpairs(
    [forward.matrix, swapped.matrix],
    half,
    goal.count,
    memory,
    workspace,
  );
  if (!(Math.min(ofForward.values[0], ofSwapped.values[0]) > 1 / goal.limit)) return undefined;
  return {
    forward: forward.directions(ofForward.vectors, goal.count),
    swapped: swapped.directions(ofSwapped.vectors, goal.count),
  };
}
