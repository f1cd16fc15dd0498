import { targetLabel } from "../../reduced/labelledRows.ts";
import { purposes, RandomStream } from "../../../statistics/random.ts";
import { Partition } from "./partition.ts";
import type { Units } from "./units.ts";

/**
 * Forms the units from clusters and the names of pairs or groups: whatever shares a row is one unit. Clusters of
 * one condition that belong to no pair or group are put into blocks by chance, as many as the rarer condition has
 * clusters, each with at least one of both; larger clusters meet larger ones, so that a permutation hardly
 * changes how many rows a condition has.
 * @param labels [N]
 * @param pairing [N] names of pairs or groups; undefined if rows stand alone
 * @param repeats rows that repeat each other
 */
export function formUnits(
  labels: Uint8Array,
  clusters: Partition,
  pairing: readonly string[] | undefined,
  seed: number,
  repeats = new Partition(labels.length),
): Units {
  const units = new Partition(labels.length);
  units.joinAll(clusters);
  if (pairing !== undefined) units.joinNamesakes(pairing);
  const kind = kindOf(labels, pairing);
  const bound = new Set<number>();
  for (const rows of units.sets()) {
    if (rows.some((row) => labels[row] !== labels[rows[0]])) bound.add(rows[0]);
  }
  joinBlocks(labels, units, seed);
  const members = units.sets();
  const unitOf = new Int32Array(labels.length);
  members.forEach((rows, unit) => {
    for (const row of rows) unitOf[row] = unit;
  });
  return {
    kind,
    unitOf,
    members,
    bound: members.map((rows) => bound.has(rows[0])),
    clusters: clusters.sets(),
    repeats: repeats.sets(),
    counted: firstOfRepeats(labels, repeats),
  };
}

function firstOfRepeats(labels: Uint8Array, repeats: Partition): Uint8Array {
  const seen = [new Set<number>(), new Set<number>()];
  return labels.map((label, row) => {
    const set = repeats.find(row);
    if (seen[label].has(set)) return 0;
    seen[label].add(set);
    return 1;
  });
}

/**
 * Each row's one partner in the other condition, or -1.
 * @param pairing [N] names of pairs or groups
 */
export function partnersOf(labels: Uint8Array, pairing: readonly string[] | undefined): Int32Array {
  const partnerOf = new Int32Array(labels.length).fill(-1);
  for (const rows of rowsByName(pairing ?? []).values()) {
    const [a, b] = rows;
    if (rows.length !== 2 || labels[a] === labels[b]) continue;
    partnerOf[a] = b;
    partnerOf[b] = a;
  }
  return partnerOf;
}

function rowsByName(names: readonly string[]): Map<string, number[]> {
  const rowsOf = new Map<string, number[]>();
  names.forEach((name, row) => {
    const own = rowsOf.get(name);
    if (own === undefined) rowsOf.set(name, [row]);
    else own.push(row);
  });
  return rowsOf;
}

/** Pairs if each name stands exactly once in both conditions; a name without a partner leaves a row alone. */
function kindOf(labels: Uint8Array, pairing: readonly string[] | undefined): Units["kind"] {
  if (pairing === undefined) return "none";
  const isPairs = [...rowsByName(pairing).values()].every(
    (rows) => rows.length === 1 || (rows.length === 2 && labels[rows[0]] !== labels[rows[1]]),
  );
  return isPairs ? "pairs" : "groups";
}

function joinBlocks(labels: Uint8Array, units: Partition, seed: number): void {
  const alone: number[][][] = [[], []];
  for (const rows of units.sets()) {
    const targets = rows.filter((row) => labels[row] === targetLabel).length;
    if (targets === rows.length) alone[0].push(rows);
    else if (targets === 0) alone[1].push(rows);
  }
  const blocks = Math.min(alone[0].length, alone[1].length);
  if (blocks === 0) return;
  const random = new RandomStream(seed, purposes.design, 0);
  const first: number[] = [];
  for (const sets of alone) {
    const order = Array.from(sets.keys());
    random.shuffle(order);
    order.sort((a, b) => sets[b].length - sets[a].length);
    order.forEach((set, i) => {
      const block = i % blocks;
      if (first[block] === undefined) first[block] = sets[set][0];
      else units.join(first[block], sets[set][0]);
    });
  }
}
