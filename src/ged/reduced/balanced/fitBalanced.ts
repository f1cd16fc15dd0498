import type { KernelMemory, KernelPiece } from "../../../linalg/small/kernelMemory.ts";
import { inner } from "../../../linalg/small/tiles.ts";
import { topOfPencil } from "../../../linalg/small/topOfPencil.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import type { Directions } from "../../method/directions.ts";
import type { FitOptions } from "../fitReduced.ts";
import { targetLabel } from "../labelledRows.ts";
import type { ReducedRows } from "../reduceRows.ts";
import { keptSpan, type KeptSpan } from "./keptSpan.ts";
import { keptCovariances } from "./keptCovariances.ts";

/** The first components of one labelling: unit directions, [m, r], one a row; signs are not settled. */
export interface BalancedFit extends Directions<Float64Array> {
  /** Traces of both conditions' covariances over all r dimensions. */
  readonly traces: { readonly target: number; readonly reference: number };
}

/** Fewer components than this are done before the kernels are called. */
const leastComponents = 16;
/** Beyond, a difference of covariances has lost too many digits of what is left. */
const largestEigenvalue = 1e5;
/** Of both traces: what a difference leaves of a smaller one has lost too many digits. */
const leastShareOfTrace = 1e-4;

/**
 * What `fitReduced` finds, for thousands of labellings of the same rows in which both conditions count n/2 rows.
 *
 * The sum of both second moments does not depend on labels but for the means, `(n - 2) C = diag(d) - u u'`, so that
 * no labelling needs a decomposition of its own: the span that is kept is that of `[I X]`, X of low rank. In it the
 * covariances are one product of the target's rows, `R = 2 C - S`; the shrunk one is factored once for each
 * direction, and only the wanted eigenpairs are found.
 * @param labels [n], one for each training row
 * @param count m
 * @returns undefined if the rows, the labels or the numbers are not such: `fitReduced` then does it
 */
export function fitBalanced(
  reduced: ReducedRows,
  labels: Uint8Array,
  options: FitOptions,
  count: number,
  memory: KernelMemory,
  workspace: Workspace,
): BalancedFit | undefined {
  const { train, sums } = reduced;
  const n = train.rows;
  const r = train.columns;
  const half = n / 2;
  if (reduced.weights !== undefined || !(options.shrinkage > 0) || half < 2 + count)
    return undefined;
  const rows = memory.piece("balanced.rows", half * r);
  if (!gatherTarget(reduced, labels, rows.values)) return undefined;
  const means = memory.piece("balanced.means", r);
  memory.kernels.centre(rows.address, half, r, means.address, false);
  const u = workspace.buffer("balanced.update", r);
  let total = 0;
  // The rows of both sum to zero, so that one mean is minus the other.
  const root = Math.sqrt(n);
  for (let j = 0; j < r; j += 1) {
    u[j] = root * means.values[j];
    total += sums[j] - u[j] * u[j];
  }
  const squares = inner(rows.values, 0, rows.values, 0, half * r);
  if (!(Math.min(squares, total - squares) > leastShareOfTrace * total)) return undefined;

  const span = keptSpan(reduced, u, options, memory, workspace);
  if (span === undefined || span.components < Math.max(leastComponents, count + 1)) {
    return undefined;
  }
  const covariances = keptCovariances(reduced, span, rows, u, memory, workspace);
  const separate = (carries: "target" | "reference"): Float64Array | undefined => {
    const pencil = covariances.pencil(carries, options.shrinkage);
    const values = workspace.buffer("balanced.values", count);
    const k = span.components;
    const vectors = memory.piece("balanced.vectors", count * k);
    if (!topOfPencil(pencil, count, values, vectors, memory, workspace)) return undefined;
    if (!(values[0] < largestEigenvalue)) return undefined;
    return directionsOf(span, vectors, count, r, memory);
  };
  const forward = separate("target");
  if (forward === undefined) return undefined;
  const swapped = separate("reference");
  if (swapped === undefined) return undefined;
  return {
    forward,
    swapped,
    traces: { target: squares / (half - 1), reference: (total - squares) / (half - 1) },
  };
}

/** @returns false if the target is not half of the rows */
function gatherTarget({ train }: ReducedRows, labels: Uint8Array, rows: Float64Array): boolean {
  const n = train.rows;
  const r = train.columns;
  let count = 0;
  for (let i = 0; i < n; i += 1) if (labels[i] === targetLabel) count += 1;
  if (2 * count !== n) return false;
  let at = 0;
  for (let i = 0; i < n; i += 1) {
    if (labels[i] !== targetLabel) continue;
    rows.set(train.values.subarray(i * r, (i + 1) * r), at);
    at += r;
  }
  return true;
}

/** `[I X]' w` of unit length for each of `count` vectors w. */
function directionsOf(
  { components: k, rank, columns, rest }: KeptSpan,
  vectors: KernelPiece,
  count: number,
  r: number,
  memory: KernelMemory,
): Float64Array {
  const { kernels } = memory;
  const weights = memory.piece("balanced.weights", count * Math.max(1, rank));
  const directions = memory.piece("balanced.directions", count * r);
  kernels.multiply({
    a: { address: vectors.address, outer: k, step: 1 },
    b: { address: columns.address, outer: k, step: 1 },
    c: weights.address,
    cRow: rank,
    rows: count,
    columns: rank,
    depth: k,
    overwrite: true,
  });
  kernels.multiply({
    a: { address: weights.address, outer: rank, step: 1 },
    b: { address: rest.address, outer: 1, step: r - k },
    c: directions.address + 8 * k,
    cRow: r,
    rows: count,
    columns: r - k,
    depth: rank,
    overwrite: true,
  });
  const found = new Float64Array(count * r);
  for (let c = 0; c < count; c += 1) {
    const own = directions.values.subarray(c * r, (c + 1) * r);
    own.set(vectors.values.subarray(c * k, (c + 1) * k));
    const scale = 1 / Math.sqrt(inner(own, 0, own, 0, r));
    for (let j = 0; j < r; j += 1) found[c * r + j] = scale * own[j];
  }
  return found;
}
