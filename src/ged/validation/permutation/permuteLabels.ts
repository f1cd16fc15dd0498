import { EigenlensError } from "../../../errors.ts";
import { targetLabel } from "../../reduced/labelledRows.ts";
import { purposes, RandomStream } from "../../../statistics/random.ts";
import type { Split } from "../../reduced/reduceRows.ts";
import type { Units } from "../design/units.ts";

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
 * Within each unit (pair, group, block of rows that stand alone), clusters of one condition exchange their labels
 * with those of the other, each as a whole; a pair, and a cluster that holds rows of both conditions, turns as a
 * whole. Units are never parted by a fold, so every permutation leaves each fold of every repeat its number of
 * units, and permutations form a group: p is exact if the hypothesis is that of the design (Hemerik and Goeman 2018,
 * Winkler et al. 2015).
 * @param split a train/test split by row numbers may part a unit: what is left on either side is a unit of its own
 * @throws EigenlensError "condition" if no label can be permuted
 */
export function planPermutation(labels: Uint8Array, units: Units, split?: Split): PermutationPlan {
  const clusterOf = new Int32Array(labels.length);
  units.clusters.forEach((rows, cluster) => {
    for (const row of rows) clusterOf[row] = cluster;
  });
  const blocks: number[][][] = [];
  const flips: number[][] = [];
  for (const unit of partedBy(units.members, split)) {
    const isPair = units.kind === "pairs" && isMixedPair(unit, units, labels);
    if (isPair) {
      flips.push([...unit]);
      continue;
    }
    const clusters = partition(unit, clusterOf);
    const isMixed = (rows: readonly number[]) =>
      rows.some((row) => labels[row] !== labels[rows[0]]);
    flips.push(...clusters.filter(isMixed));
    const pure = clusters.filter((rows) => !isMixed(rows));
    if (new Set(pure.map((rows) => labels[rows[0]])).size === 2) blocks.push(pure);
  }
  const labellings = countLabellings(blocks, flips.length, labels);
  if (labellings < 2) {
    throw new EigenlensError(
      "condition",
      "Labels cannot be permuted: no pair, group or cluster has another that it could change labels with; add rows that are independent of one another.",
    );
  }
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

function kindOf(units: Units): PermutationPlan["kind"] {
  if (units.kind === "pairs") return "withinPairs";
  if (units.kind === "groups") return "withinGroups";
  return units.clusters.some((rows) => rows.length > 1) ? "clusters" : "across";
}

/** Whether a unit is held together by pairs, not by the chance of its block. */
function isMixedPair(unit: readonly number[], units: Units, labels: Uint8Array): boolean {
  const pairOf = units.pairOf;
  return (
    pairOf !== undefined &&
    unit.some((row) => pairOf[row] >= 0 && labels[pairOf[row]] !== labels[row])
  );
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

function partedBy(
  members: readonly (readonly number[])[],
  split: Split | undefined,
): (readonly number[])[] {
  if (split === undefined) return [...members];
  const train = new Set(split.train);
  const test = new Set(split.test);
  return members.flatMap((rows) =>
    [rows.filter((row) => train.has(row)), rows.filter((row) => test.has(row))].filter(
      (own) => own.length > 0,
    ),
  );
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
