import type { Scatter } from "../../../linalg/crossProductAccumulator.ts";
import { identity, matrix, type Matrix } from "../../../linalg/matrix.ts";
import type { Products } from "../../../linalg/products.ts";
import { addScatter, emptyScatter } from "../../../linalg/scatters.ts";
import { compressByCovariance } from "../../full/compressByCovariance.ts";
import { momentsFromScatters } from "../../full/moments/scatterMoments.ts";
import type { RunContext } from "../../method/context.ts";
import type { ConditionName } from "../../method/directions.ts";
import { defaultGedOptions } from "../../method/options.ts";
import { referenceLabel, targetLabel } from "../../reduced/labelledRows.ts";
import type { FoldedMoments, MomentsFolds } from "./input.ts";

/** The basis in which groups are compared: nearly all that both conditions vary, small enough to be fitted often. */
const basisKeep = { share: 0.9999, atMost: 256 } as const;

/** Groups of clusters of both conditions in a basis that no labels change. */
export interface LabelledGroups {
  /** k, how many components the basis has. */
  readonly components: number;
  /** What they hold of the variance of both conditions together. */
  readonly share: number;
  /** The condition of each group that has rows. */
  readonly labels: Uint8Array;
  /** The fold of each. */
  readonly folds: Int32Array;
  /** Its moments in the basis, [k] and [k, k]. */
  readonly sums: readonly Scatter[];
  /** For each group, that of the other condition with rows of the same clusters; -1 if there is none. */
  readonly twins: Int32Array;
}

/**
 * Reads all groups, one at a time, and brings them into the leading principal components of the average covariance.
 * @param totals of both conditions
 * @throws EigenlensError as {@link FoldedMoments.group} and compressing do; CancelledError
 */
export async function readGroups(
  { assignment, target, reference }: MomentsFolds,
  totals: Readonly<Record<ConditionName, Scatter>>,
  context: RunContext,
): Promise<LabelledGroups> {
  const moments = momentsFromScatters(
    { name: target.name, sums: totals.target },
    { name: reference.name, sums: totals.reference },
  );
  const options = { ...defaultGedOptions, keep: basisKeep };
  const compression = compressByCovariance(moments, undefined, options, context);
  const k = compression.components;
  const basis = compression.toNeurons(identity(k));
  const { count = 0, paired = false } = assignment.groups ?? {};
  const labels: number[] = [];
  const folds: number[] = [];
  const sums: Scatter[] = [];
  const places: [number, number][] = Array.from({ length: count }, () => [-1, -1]);
  const conditions: readonly [FoldedMoments, number][] = [
    [target, targetLabel],
    [reference, referenceLabel],
  ];
  for (const [i, [condition, label]] of conditions.entries()) {
    for (let group = 0; group < count; group += 1) {
      context.cancellation.throwIfRequested();
      const own = await condition.group(group);
      if (own.rows === 0) continue;
      places[group][i] = sums.length;
      labels.push(label);
      folds.push(group % assignment.folds);
      sums.push(inBasis(own, basis, context.products));
    }
  }
  const twins = new Int32Array(sums.length).fill(-1);
  if (paired) {
    for (const [first, second] of places) {
      if (first < 0 || second < 0) continue;
      twins[first] = second;
      twins[second] = first;
    }
  }
  return {
    components: k,
    share: compression.varianceKept,
    labels: Uint8Array.from(labels),
    folds: Int32Array.from(folds),
    sums,
    twins,
  };
}

/** Moments of some groups together; about zero if they have no rows. @param chosen places of the groups */
export function sumOf(sums: readonly Scatter[], chosen: readonly number[]): Scatter {
  let total = emptyScatter(sums[0].mean.length);
  for (const place of chosen) total = addScatter(total, sums[place]);
  return total;
}

/** `V S V'` and `V m`. @param basis V, [k, D], orthonormal rows */
function inBasis({ rows, mean, scatter }: Scatter, basis: Matrix, products: Products): Scatter {
  const image = products.multiply(products.multiply(basis, scatter), basis, { transposeB: true });
  const column = matrix(mean.length, 1, mean);
  return { rows, mean: products.multiply(basis, column).values, scatter: image };
}
