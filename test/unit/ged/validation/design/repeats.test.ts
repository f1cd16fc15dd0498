import { describe, expect, it } from "vitest";
import {
  joinRepeats,
  participationRatio,
} from "../../../../../src/ged/validation/design/repeats.ts";
import {
  deviates,
  gramOf,
  halves,
  joined,
  normal,
  sources,
  stacked,
  type Rows,
} from "./support.ts";

const repeatsOf = (rows: Rows, labels = halves(rows.length)) =>
  sources(rows).map((source) => joined(joinRepeats(source, labels).sets()));

/** Rounds to `bits` of significand: 11 for float16, 8 for bfloat16. */
const rounded = (bits: number) => (value: number) => {
  const step = 2 ** (Math.floor(Math.log2(Math.abs(value))) - bits + 1);
  return value === 0 ? 0 : Math.round(value / step) * step;
};

describe("rows that repeat", () => {
  const deviate = deviates(1);
  const rows: Rows = normal(24, 40, deviate);

  type Row = Rows[number];
  const noisy = (noise: number) => (row: Row) => row.map((value) => value + noise * deviate());
  const copies: [string, (row: Row) => Row][] = [
    ["exactly", (row) => row.slice()],
    ["in float32", (row) => row.map(Math.fround)],
    ["in float16", (row) => row.map(rounded(11))],
    ["in bfloat16", (row) => row.map(rounded(8))],
    ["with noise of 0.001 standard deviations", noisy(0.001)],
    ["with noise of 0.01 standard deviations", noisy(0.01)],
    ["with noise of 0.05 standard deviations", noisy(0.05)],
    ["in another batch", (row) => row.map((value) => value * 1.001 + 0.002)],
  ];

  it.each(copies)("are found %s, within a condition and across", (_how, copy) => {
    const all: Rows = rows.map((row) => row.slice());
    all[5] = copy(rows[2]);
    all[20] = copy(rows[3]);
    all[23] = copy(rows[13]);
    for (const sets of repeatsOf(all)) {
      expect(sets).toEqual([
        [2, 5],
        [3, 20],
        [13, 23],
      ]);
    }
  });

  it("are one set if there are many of them", () => {
    const all = Array.from({ length: 20 }, (_, i) => rows[i % 4].slice());
    for (const sets of repeatsOf(all)) {
      expect(sets).toEqual([0, 1, 2, 3].map((k) => [0, 4, 8, 12, 16].map((i) => i + k)));
    }
  });

  it("are all of them if nothing varies", () => {
    const all = Array.from({ length: 8 }, () => rows[0].slice());
    for (const sets of repeatsOf(all)) expect(sets).toEqual([[0, 1, 2, 3, 4, 5, 6, 7]]);
    const zero = Array.from({ length: 4 }, () => new Float64Array(5));
    for (const sets of repeatsOf(zero)) expect(sets).toEqual([[0, 1, 2, 3]]);
  });

  it("are the rows of zeros among others", () => {
    const all = rows.map((row, i) => (i % 6 === 0 ? new Float64Array(40) : row));
    for (const sets of repeatsOf(all)) expect(sets).toEqual([[0, 6, 12, 18]]);
  });

  it("are found in float32 at an offset of 10,000 standard deviations, and no others", () => {
    const all = rows.map((row) => Float64Array.from(row, (value) => Math.fround(value + 1e4)));
    all[7] = all[1].slice();
    for (const sets of repeatsOf(all)) expect(sets).toEqual([[1, 7]]);
  });

  it("are the same at any scale", () => {
    for (const scale of [1e-120, 1e-30, 1e30, 1e120]) {
      const all = rows.map((row) => row.map((value) => value * scale));
      all[9] = all[4].slice();
      for (const sets of repeatsOf(all)) expect(sets).toEqual([[4, 9]]);
    }
  });

  it("are found among more rows than are compared pair by pair", () => {
    const own = deviates(2);
    const many = normal(5000, 12, own);
    for (const [i, j] of [
      [0, 4999],
      [17, 3000],
      [2501, 2502],
    ]) {
      many[j] = many[i].map((value) => value + (i === 17 ? 1e-4 * own() : 0));
    }
    const sets = joined(
      joinRepeats({ kind: "coordinates", rows: stacked(many) }, halves(5000)).sets(),
    );
    expect(sets).toEqual([
      [0, 4999],
      [17, 3000],
      [2501, 2502],
    ]);
  });

  it("are found if thousands of them are one and the same", () => {
    const own = deviates(3);
    const many = normal(5000, 6, own);
    for (let i = 0; i < 5000; i += 2) many[i] = many[0].slice();
    const [set, ...others] = joined(
      joinRepeats({ kind: "coordinates", rows: stacked(many) }, halves(5000)).sets(),
    );
    expect(set).toHaveLength(2500);
    expect(others).toEqual([]);
  });
});

describe("rows that do not repeat", () => {
  it.each([1, 2, 3, 5, 20, 60])(
    "are left apart in %i dimensions, with heavy tails and outliers too",
    (dimensions) => {
      let joinedSets = 0;
      for (let seed = 1; seed <= 100; seed += 1) {
        const deviate = deviates(1000 * dimensions + seed);
        const scaled = normal(40, dimensions, deviate).map((row, i) => {
          if (seed % 3 === 0) {
            const tail = Math.sqrt((deviate() ** 2 + deviate() ** 2 + deviate() ** 2) / 3);
            return row.map((value) => value / tail);
          }
          return seed % 3 === 1 && i % 9 === 0 ? row.map((value) => 8 * value) : row;
        });
        joinedSets += joined(joinRepeats(gramOf(scaled), halves(40)).sets()).length;
      }
      // Accepted with a probability of 0.01 per set; t3 rows crowd the centre a little.
      expect(joinedSets).toBeLessThanOrEqual(6);
    },
  );

  it("are left apart if conditions lie far from each other", () => {
    const rows = normal(30, 20, deviates(4)).map((row, i) =>
      i < 15 ? row.map((value) => value + 1000) : row,
    );
    for (const sets of repeatsOf(rows)) expect(sets).toEqual([]);
  });

  it("are left apart if one neuron dominates", () => {
    const rows = normal(30, 20, deviates(5)).map((row) =>
      row.map((value, j) => (j === 0 ? 100 * value : value)),
    );
    for (const sets of repeatsOf(rows)) expect(sets).toEqual([]);
  });
});

describe("the participation ratio", () => {
  it("is the number of equal dimensions", () => {
    const axes = [
      [2, 0, 0],
      [-2, 0, 0],
      [0, 2, 0],
      [0, -2, 0],
      [0, 0, 2],
      [0, 0, -2],
    ].map((row) => Float64Array.from(row));
    for (const source of sources(axes)) expect(participationRatio(source)).toBeCloseTo(3, 10);
    const line = [1, 2, -3].map((value) => Float64Array.from([value, 0]));
    for (const source of sources(line)) expect(participationRatio(source)).toBeCloseTo(1, 10);
    expect(participationRatio(sources([new Float64Array(2)])[0])).toBe(1);
  });
});
