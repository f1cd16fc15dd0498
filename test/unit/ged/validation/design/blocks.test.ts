import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formUnits } from "../../../../../src/ged/validation/design/blocks.ts";
import { Partition } from "../../../../../src/ged/validation/design/partition.ts";
import {
  crossValidationSplits,
  mostFolds,
} from "../../../../../src/ged/validation/design/splits.ts";
import {
  countedRows,
  initialLabels,
  type Units,
} from "../../../../../src/ged/validation/design/units.ts";
import {
  permuteLabels,
  planPermutation,
  type PermutationPlan,
} from "../../../../../src/ged/validation/permutation/permuteLabels.ts";

/** Rows of both conditions: which pair or group each is in, which cluster, and which it repeats. */
const designs = fc
  .record({
    targets: fc.integer({ min: 4, max: 14 }),
    references: fc.integer({ min: 4, max: 14 }),
    seed: fc.nat(1000),
    named: fc.constantFrom("none", "pairs", "groups"),
    clusters: fc.array(fc.tuple(fc.nat(27), fc.nat(27)), { maxLength: 6 }),
    repeats: fc.array(fc.tuple(fc.nat(27), fc.nat(27)), { maxLength: 4 }),
  })
  .map(({ targets, references, seed, named, clusters, repeats }) => {
    const labels = initialLabels(targets, references);
    const rows = labels.length;
    const own = new Partition(rows);
    const copies = new Partition(rows);
    for (const [i, j] of repeats) {
      copies.join(i % rows, j % rows);
      own.join(i % rows, j % rows);
    }
    for (const [i, j] of clusters) own.join(i % rows, j % rows);
    const place = (row: number) => (row < targets ? row : row - targets);
    const pairing =
      named === "none"
        ? undefined
        : Array.from(labels.keys(), (row) =>
            named === "pairs" ? `p${place(row)}` : `g${Math.floor(place(row) / 3)}`,
          );
    const units = formUnits(labels, own, pairing, seed, copies);
    return { labels, units, own, copies, pairing, seed };
  });

function plan(labels: Uint8Array, units: Units): PermutationPlan | undefined {
  try {
    return planPermutation(labels, units);
  } catch {
    return undefined;
  }
}

const targetsIn = (labels: Uint8Array, rows: Iterable<number>) =>
  [...rows].reduce((sum, row) => sum + labels[row], 0);

/** Every labelling that a plan allows, by enumeration. */
function enumerate(labels: Uint8Array, { blocks, flips }: PermutationPlan): Set<string> {
  let found = [labels.slice()];
  for (const rows of flips) {
    found = found.flatMap((own) => {
      const turned = own.slice();
      for (const row of rows) turned[row] = 1 - turned[row];
      return [own, turned];
    });
  }
  for (const clusters of blocks) {
    const wanted = clusters.filter((rows) => labels[rows[0]] === 1).length;
    found = found.flatMap((own) =>
      Array.from({ length: 2 ** clusters.length }, (_, bits) => bits)
        .filter((bits) => bits.toString(2).replaceAll("0", "").length === wanted)
        .map((bits) => {
          const drawn = own.slice();
          clusters.forEach((rows, i) => {
            for (const row of rows) drawn[row] = (bits >> i) & 1;
          });
          return drawn;
        }),
    );
  }
  return new Set(found.map((own) => own.join("")));
}

describe("units", () => {
  it("part neither cluster, pair nor group, and hold both conditions wherever they can", () => {
    fc.assert(
      fc.property(designs, ({ labels, units, own, pairing }) => {
        const rows = units.members.flat().sort((a, b) => a - b);
        expect(rows).toEqual([...labels.keys()]);
        for (const set of own.sets()) {
          expect(new Set(set.map((row) => units.unitOf[row])).size).toBe(1);
        }
        const unitOfName = new Map<string, number>();
        pairing?.forEach((name, row) => {
          const known = unitOfName.get(name) ?? units.unitOf[row];
          expect(units.unitOf[row]).toBe(known);
          unitOfName.set(name, known);
        });
        const pure = units.members.filter(
          (set) => new Set(set.map((row) => labels[row])).size === 1,
        );
        expect(new Set(pure.map((set) => labels[set[0]])).size).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("count of rows that repeat one of each condition", () => {
    fc.assert(
      fc.property(designs, ({ labels, units, copies }) => {
        for (const set of copies.sets()) {
          for (const label of new Set(set.map((row) => labels[row]))) {
            const same = set.filter((row) => labels[row] === label);
            expect(same.filter((row) => units.counted[row] === 1)).toEqual([same[0]]);
            for (const row of same) expect(countedRows(labels, units)[row]).toBe(same[0]);
          }
        }
      }),
    );
  });
});

describe("permutations of a design", () => {
  it("move rows that repeat each other together, and units by themselves", () => {
    fc.assert(
      fc.property(designs, fc.nat(50), ({ labels, units, copies }, index) => {
        const known = plan(labels, units);
        if (known === undefined) return;
        const permuted = permuteLabels(labels, known, 1, index);
        for (const set of copies.sets()) {
          const turned = set.map((row) => permuted[row] !== labels[row]);
          expect(new Set(turned).size).toBe(1);
        }
        for (const [unit, bound] of units.bound.entries()) {
          if (!bound) continue;
          const rows = units.members[unit].filter((row) => units.counted[row] === 1);
          const before = targetsIn(labels, rows);
          const turned = rows.some((row) => permuted[row] !== labels[row]);
          if (turned && 2 * before === rows.length) {
            expect(rows.every((row) => permuted[row] !== labels[row])).toBe(true);
          }
        }
      }),
    );
  });

  it("keep every fold's number of rows per condition if nothing repeats and clusters are single", () => {
    const single = fc.record({
      targets: fc.integer({ min: 4, max: 14 }),
      references: fc.integer({ min: 4, max: 14 }),
      named: fc.constantFrom("none", "pairs", "groups", "mixed"),
      seed: fc.nat(1000),
    });
    fc.assert(
      fc.property(single, fc.nat(30), ({ targets, references, named, seed }, index) => {
        const labels = initialLabels(targets, references);
        const place = (row: number) => (row < targets ? row : row - targets);
        const names = {
          none: () => undefined,
          pairs: (row: number) => `p${place(row)}`,
          groups: (row: number) => `g${Math.floor(place(row) / 3)}`,
          mixed: (row: number) => (row % 3 === 0 ? `p${place(row)}` : `row ${row}`),
        }[named];
        const pairing =
          named === "none" ? undefined : Array.from(labels.keys(), (row) => names(row) ?? "");
        // Rows of a group without a partner are clusters; single rows are what is asked of here.
        const units = formUnits(labels, new Partition(labels.length), pairing, seed);
        const known = plan(labels, units);
        const folds = Math.min(4, mostFolds(labels, units));
        if (known === undefined || folds < 2) return;
        const permuted = permuteLabels(labels, known, seed, index);
        for (let repeat = 0; repeat < 3; repeat += 1) {
          for (const { test } of crossValidationSplits(labels, units, folds, seed, repeat)) {
            expect(targetsIn(permuted, test)).toBe(targetsIn(labels, test));
          }
        }
      }),
    );
  });

  it("are counted as enumeration counts them, and each drawn is one of these", () => {
    fc.assert(
      fc.property(designs, ({ labels, units }) => {
        const known = plan(labels, units);
        if (known === undefined || known.labellings > 3000) return;
        const all = enumerate(labels, known);
        expect(known.labellings).toBe(all.size);
        for (let index = 0; index < 20; index += 1) {
          expect(all.has(permuteLabels(labels, known, 5, index).join(""))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("form a group: turns undo themselves, and a block has every order", () => {
    fc.assert(
      fc.property(designs, ({ labels, units }) => {
        const known = plan(labels, units);
        if (known === undefined) return;
        // Sets that are moved are disjoint, so that each acts by itself.
        const moved = [...known.flips.flat(), ...known.blocks.flat(2)];
        expect(new Set(moved).size).toBe(moved.length);
      }),
    );
  });

  it("turn a subject as a whole: rows of one subject and condition may depend on each other", () => {
    const labels = initialLabels(12, 12);
    const groups = Array.from(labels.keys(), (row) => `subject ${Math.floor((row % 12) / 3)}`);
    const units = formUnits(labels, new Partition(24), groups, 1);
    const known = planPermutation(labels, units);
    expect(known.kind).toBe("withinGroups");
    expect(known.labellings).toBe(16);
    expect(known.flips).toHaveLength(4);
    expect(known.flips[0]).toEqual([0, 1, 2, 12, 13, 14]);
  });

  it("turn of a subject with 2 and 4 rows as many of each", () => {
    const labels = initialLabels(4, 8);
    const groups = [..."aabb", ..."aaaabbbb"];
    const units = formUnits(labels, new Partition(12), groups, 1);
    for (const rows of planPermutation(labels, units).flips) {
      expect(rows).toHaveLength(4);
      expect(targetsIn(labels, rows)).toBe(2);
    }
  });
});
