import type { KernelMemory, KernelPiece } from "../../../linalg/small/kernelMemory.ts";
import { inner } from "../../../linalg/small/tiles.ts";
import { topOfPencil, type Pencil } from "../../../linalg/small/topOfPencil.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import type { Directions } from "../../method/directions.ts";
import { shrinking } from "../../method/shrinkage/shrink.ts";
import type { FitOptions } from "../fitReduced.ts";
import { referenceLabel, targetLabel } from "../labelledRows.ts";
import { cutScree } from "../../method/cut.ts";
import type { ReducedRows } from "../reduceRows.ts";
import { fitFewRows } from "./fitFewRows.ts";
import { gatherHalves } from "./halvedRows.ts";
import { keptSpan, type KeptSpan } from "./keptSpan.ts";
import { directPencil, targetCovariance } from "./directPencil.ts";
import { dualPencil } from "./dualPencil.ts";
import { meanEigenvalue, spanSums, toSpan } from "./spanSums.ts";
import { unitRows } from "./unitRows.ts";

/** The first components of one labelling: unit directions, [m, r], one per row; signs are not settled. */
export interface BalancedFit extends Directions<Float64Array> {
  /** Traces of both conditions' covariances over all r dimensions. */
  readonly traces: { readonly target: number; readonly reference: number };
}

/** Fewer components than this are done before the kernels are called. */
const leastComponents = 16;
/** Beyond, a difference of covariances has lost too many digits of what is left. */
const largestEigenvalue = 1e5;
/** Beyond, `1 + (1-g) l` says too little of l. */
const largestShrinkage = 0.9;
/** Of both traces: what a difference leaves of a smaller one has lost too many digits. */
const leastShareOfTrace = 1e-4;
/** With fewer rows than this share of the kept dimensions, a problem in the rows is the smaller one. */
const dualShare = 0.9;
/** For fewer rows iterating is not worth its way there and back ... */
const leastDualRows = 128;
/** ... but so few are decomposed at once. */
const mostFewRows = 64;

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
  const { shrinkage } = options;
  const n = train.rows;
  const r = train.columns;
  const half = n / 2;
  if (reduced.weights !== undefined || half < 2 + count || !isHalved(labels)) return undefined;
  // An estimator needs the silenced rows' covariance in the span, which is what this way does without.
  if (typeof shrinkage !== "number") return undefined;
  if (!(shrinkage > 0 && shrinkage <= largestShrinkage)) return undefined;
  // The cut moves by one or two at most with the labels.
  const isFew =
    half <= mostFewRows && half < dualShare * cutScree(sums, sumOf(sums), options.keep).components;
  const rows = memory.piece("balanced.rows", isFew ? n * r : half * r);
  const means = isFew
    ? gatherHalves(reduced, labels, rows, memory)
    : gatherCentred(reduced, labels, targetLabel, rows, memory);
  const u = workspace.buffer("balanced.update", r);
  let total = 0;
  // The rows of both sum to zero, so that one mean is minus the other.
  const root = Math.sqrt(n);
  for (let j = 0; j < r; j += 1) {
    u[j] = root * means.values[j];
    total += sums[j] - u[j] * u[j];
  }
  const squares = targetSquares(reduced, labels, u);
  if (!(Math.min(squares, total - squares) > leastShareOfTrace * total)) return undefined;

  const traces = { target: squares / (half - 1), reference: (total - squares) / (half - 1) };
  if (isFew) {
    const halves = { rows, count: n, sums, update: u, traces };
    const goal = { count, limit: largestEigenvalue };
    const few = fitFewRows(halves, options.keep, shrinkage, goal, memory, workspace);
    return few && { ...few, traces };
  }

  const span = keptSpan(reduced, u, options.keep, memory, workspace);
  if (span === undefined || span.components < Math.max(leastComponents, count + 1)) {
    return undefined;
  }
  const found = spanSums(reduced, span, u, memory);
  toSpan(rows, found, memory);
  const targetAlpha = meanEigenvalue(rows, found, memory, workspace);
  const referenceAlpha = (2 * span.sum) / (n - 2) / span.components - targetAlpha;
  const k = span.components;
  const values = workspace.buffer("balanced.values", count);
  const weights = memory.piece("balanced.weights", count * k);
  const solve = (pencil: Pencil, vectors: KernelPiece): boolean =>
    topOfPencil(pencil, count, values, vectors, memory, workspace) && values[0] < largestEigenvalue;
  const isDual = half >= leastDualRows && half < dualShare * k;
  const covariance = isDual ? undefined : targetCovariance(rows, found, memory);
  const separate = (carries: "target" | "reference"): Float64Array | undefined => {
    const by = shrinking(shrinkage, carries === "target" ? referenceAlpha : targetAlpha);
    if (covariance !== undefined) {
      const pencil = directPencil(found, covariance, carries, by, memory);
      if (!solve(pencil, weights)) return undefined;
    } else {
      if (carries === "reference") {
        gatherCentred(reduced, labels, referenceLabel, rows, memory);
        toSpan(rows, found, memory);
      }
      const dual = dualPencil(found, rows, by, memory, workspace);
      const vectors = memory.piece("balanced.vectors", count * half);
      if (!solve(dual.pencil, vectors)) return undefined;
      dual.back(vectors, count, weights);
    }
    return directionsOf(span, weights, count, r, memory);
  };
  const forward = separate("target");
  if (forward === undefined) return undefined;
  const swapped = separate("reference");
  if (swapped === undefined) return undefined;
  return { forward, swapped, traces };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function isHalved(labels: Uint8Array): boolean {
  let targets = 0;
  for (const label of labels) if (label === targetLabel) targets += 1;
  return 2 * targets === labels.length;
}

/**
 * The rows of one condition about their mean.
 * @returns their mean, [r]
 */
function gatherCentred(
  { train }: ReducedRows,
  labels: Uint8Array,
  label: number,
  rows: KernelPiece,
  memory: KernelMemory,
): KernelPiece {
  const r = train.columns;
  let count = 0;
  for (let i = 0; i < train.rows; i += 1) {
    if (labels[i] !== label) continue;
    rows.values.set(train.values.subarray(i * r, (i + 1) * r), count * r);
    count += 1;
  }
  const means = memory.piece("balanced.means", r);
  memory.kernels.centre(rows.address, count, r, means.address, false);
  return means;
}

/** [n], squared lengths of the rows, which do not depend on labels. */
const lengths = new WeakMap<ReducedRows, Float64Array>();

/** Sum of squares of the target's rows about their mean, `u / sqrt(n)`. */
function targetSquares(reduced: ReducedRows, labels: Uint8Array, u: Float64Array): number {
  const { train } = reduced;
  const r = train.columns;
  let known = lengths.get(reduced);
  if (known === undefined) {
    known = Float64Array.from({ length: train.rows }, (_, i) =>
      inner(train.values, i * r, train.values, i * r, r),
    );
    lengths.set(reduced, known);
  }
  let squares = -inner(u, 0, u, 0, r) / 2;
  for (let i = 0; i < train.rows; i += 1) if (labels[i] === targetLabel) squares += known[i];
  return squares;
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
  const weights = memory.piece("balanced.ranks", count * Math.max(1, rank));
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
  for (let c = 0; c < count; c += 1) {
    directions.values.set(vectors.values.subarray(c * k, (c + 1) * k), c * r);
  }
  return unitRows(directions.values, count, r);
}
