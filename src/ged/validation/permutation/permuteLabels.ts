import { createHash } from "node:crypto";
import { EigenlensError } from "../../../errors.ts";
import { targetLabel } from "../../reduced/labelledRows.ts";
import { purposes, RandomStream } from "../../../statistics/random.ts";
import type { Split } from "../../reduced/reduceRows.ts";
import type { Units } from "../design/units.ts";
import { turningRows } from "./turns.ts";

/** How labels may be permuted under the hypothesis that they carry nothing. */
export interface PermutationPlan {
  readonly kind: "withinPairs" | "withinGroups" | "clusters" | "across";
  /** Clusters of one condition each, whose labels are shuffled among them. */
  readonly blocks: readonly (readonly (readonly number[])[])[];
  /** Sets of rows whose labels are all turned into the other, or all left. */
  readonly flips: readonly (readonly number[])[];
  /** How many labellings there are, the observed one included; Infinity beyond 2^53. */
  readonly labellings: number;
}

/**
 * A unit whose rows of both conditions depend on each other (a pair, a group, a template) turns as a whole:
 * {@link turningRows}. In a block of rows that stand alone, clusters of one condition change labels with those of the
 * other, each as a whole. Units are never parted by a fold, so every permutation leaves each fold of every repeat
 * its number of units, and permutations form a group: p is exact if the hypothesis is that of the design (Hemerik and
 * Goeman 2018, Winkler et al. 2015).
 * @param split a train/test split by row numbers may part a unit: what is left on either side is a unit of its own,
 *   and all that stands alone on a side is one block
 * @throws EigenlensError "condition" if no label can be permuted
 */
export function planPermutation(labels: Uint8Array, units: Units, split?: Split): PermutationPlan {
  const clusterOf = numbersOf(units.clusters, labels.length);
  const atomOf = numbersOf(units.repeats, labels.length);
  const hasBoth = (rows: readonly number[]) => rows.some((row) => labels[row] !== labels[rows[0]]);
  const flips: number[][] = [];
  const blocks: number[][][] = [];
  for (const side of sidesOf(labels.length, split)) {
    const alone: number[][] = [];
    units.members.forEach((members, unit) => {
      const rows = members.filter((row) => side[row] === 1);
      if (units.bound[unit]) {
        if (hasBoth(rows)) flips.push(turningRows(rows, labels, atomOf, units.counted));
        return;
      }
      const clusters = partition(rows, clusterOf);
      if (split === undefined) blocks.push(clusters);
      else alone.push(...clusters);
    });
    blocks.push(alone);
  }
  const mixed = blocks.filter((clusters) => hasBoth(clusters.map((rows) => rows[0])));
  return finish(mixed, flips, labels, units);
}

/**
 * The same for units of which each is one entry of the labels: those that stand alone change labels with others of their
 * fold, which so keeps its number of either, and twins turn together.
 * @param twins for each unit the one of the other condition that depends on it; -1 if there is none
 * @param folds for each unit its fold
 * @throws EigenlensError "condition" if no label can be permuted
 */
export function planUnits(
  labels: Uint8Array,
  twins: Int32Array,
  folds: Int32Array,
): PermutationPlan {
  const flips: number[][] = [];
  const alone = new Map<number, number[][]>();
  labels.forEach((_label, unit) => {
    const twin = twins[unit];
    if (twin > unit) flips.push([unit, twin]);
    if (twin >= 0) return;
    const known = alone.get(folds[unit]);
    if (known === undefined) alone.set(folds[unit], [[unit]]);
    else known.push([unit]);
  });
  const isMixed = (units: number[][]) => new Set(units.map(([unit]) => labels[unit])).size > 1;
  const blocks = [...alone.values()].filter(isMixed);
  const labellings = countLabellings(blocks, flips.length, labels);
  if (labellings < 2) throw unpermutable();
  return { kind: flips.length > 0 ? "withinGroups" : "clusters", blocks, flips, labellings };
}

function unpermutable(): EigenlensError {
  return new EigenlensError(
    "condition",
    "Labels cannot be permuted: no pair, group or cluster has another that it could change labels with; add rows that are independent of one another.",
  );
}

function finish(
  blocks: number[][][],
  flips: number[][],
  labels: Uint8Array,
  units: Units,
): PermutationPlan {
  const labellings = countLabellings(blocks, flips.length, labels);
  if (labellings < 2) throw unpermutable();
  return { kind: kindOf(units), blocks, flips, labellings };
}

/** The labels of one permutation; the same for the same seed and index, whatever was drawn before. */
export function permuteLabels(
  labels: Uint8Array,
  plan: PermutationPlan,
  seed: number,
  index: number,
): Uint8Array {
  const permuted = labels.slice();
  const random = new RandomStream(seed, purposes.permutation, index);
  for (const clusters of plan.blocks) {
    const own = Uint8Array.from(clusters, (rows) => labels[rows[0]]);
    random.shuffle(own);
    clusters.forEach((rows, i) => {
      for (const row of rows) permuted[row] = own[i];
    });
  }
  for (const rows of plan.flips) {
    if (random.below(2) === 0) continue;
    for (const row of rows) permuted[row] = 1 - labels[row];
  }
  return permuted;
}

/**
 * What the labels of every permutation follow from, in 16 hexadecimal digits: two validations with the same ones permute
 * labels alike, permutation by permutation.
 * @param sizes how many rows each unit has, if these are no rows: other units are not permuted alike
 */
export function labellingFingerprint(
  labels: Uint8Array,
  { blocks, flips }: PermutationPlan,
  seed: number,
  sizes?: readonly number[],
): string {
  const all = JSON.stringify([Array.from(labels), blocks, flips, seed, ...(sizes ?? [])]);
  return createHash("sha256").update(all).digest("hex").slice(0, 16);
}

function kindOf(units: Units): PermutationPlan["kind"] {
  if (units.kind === "pairs") return "withinPairs";
  if (units.kind === "groups") return "withinGroups";
  return units.clusters.some((rows) => rows.length > 1) ? "clusters" : "across";
}

function partition(rows: readonly number[], clusterOf: Int32Array): number[][] {
  const byCluster = new Map<number, number[]>();
  for (const row of rows) {
    const own = byCluster.get(clusterOf[row]);
    if (own === undefined) byCluster.set(clusterOf[row], [row]);
    else own.push(row);
  }
  return [...byCluster.values()];
}

/** One mark per row for each side of the split; all rows are one side without a split. */
function sidesOf(rows: number, split: Split | undefined): Uint8Array[] {
  if (split === undefined) return [new Uint8Array(rows).fill(1)];
  return [split.train, split.test].map((own) => {
    const marks = new Uint8Array(rows);
    for (const row of own) marks[row] = 1;
    return marks;
  });
}

/** [N], which set each row is in. */
function numbersOf(sets: readonly (readonly number[])[], rows: number): Int32Array {
  const numbers = new Int32Array(rows);
  sets.forEach((own, number) => {
    for (const row of own) numbers[row] = number;
  });
  return numbers;
}

function countLabellings(
  blocks: readonly (readonly (readonly number[])[])[],
  flips: number,
  labels: Uint8Array,
): number {
  let product = 2 ** flips;
  for (const clusters of blocks) {
    const targets = clusters.filter((rows) => labels[rows[0]] === targetLabel).length;
    product *= binomial(clusters.length, targets);
  }
  return product > Number.MAX_SAFE_INTEGER ? Infinity : Math.round(product);
}

function binomial(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= Math.min(k, n - k); i += 1) product *= (n - Math.min(k, n - k) + i) / i;
  return product;
}
