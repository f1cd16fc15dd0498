import { describe, expect, it } from "vitest";
import { findCounterparts } from "../../../../../src/ged/validation/design/counterparts.ts";
import { allStructure, findDesign } from "../../../../../src/ged/validation/design/design.ts";
import { Partition } from "../../../../../src/ged/validation/design/partition.ts";
import { initialLabels } from "../../../../../src/ged/validation/design/units.ts";
import { RandomStream } from "../../../../../src/statistics/random.ts";
import { pairNames } from "../support.ts";
import { deviates, gramOf, halves, normal, sources, type Rows } from "./support.ts";

const n = 24;

/** Two versions of each row: target i and reference i, at this correlation. */
function versions(correlation: number, seed: number, gap = 5): { target: Rows; reference: Rows } {
  const deviate = deviates(seed);
  const common = normal(n, 40, deviate);
  const version = (shift: number) =>
    common.map((row) =>
      row.map(
        (value) => Math.sqrt(correlation) * value + Math.sqrt(1 - correlation) * deviate() + shift,
      ),
    );
  return { target: version(0), reference: version(gap) };
}

function shuffledOrder(count: number, seed: number): number[] {
  const order = [...Array(count).keys()];
  new RandomStream(seed, 79, 0).shuffle(order);
  return order;
}

/** Reference row i shows the counterpart of target `order[i]`. */
function reordered(order: readonly number[], correlation = 0.95): Rows {
  const { target, reference } = versions(correlation, 1);
  return [...target, ...order.map((row) => reference[row])];
}

const designOf = (rows: Rows, groups?: readonly string[], labels = halves(rows.length)) =>
  findDesign(gramOf(rows), labels, groups === undefined ? {} : { groups }, allStructure, 1);

/** Pairs as [target, reference] rows, by unit. */
const pairsOf = (rows: Rows, groups?: readonly string[]) =>
  designOf(rows, groups).units.members.map((unit) => [...unit]);

const orders = {
  aligned: [...Array(n).keys()],
  "shifted by one": [...Array(n).keys()].map((i) => (i + 1) % n),
  reversed: [...Array(n).keys()].map((i) => n - 1 - i),
  shuffled: shuffledOrder(n, 1),
};

describe("counterparts", () => {
  it.each(Object.entries(orders))("are found in rows that are %s", (_name, order) => {
    for (const source of sources(reordered(order))) {
      const { counterpartOf, share } = findCounterparts(
        source,
        halves(2 * n),
        new Partition(2 * n),
      );
      expect(share).toBe(1);
      order.forEach((row, i) => {
        expect(counterpartOf[row]).toBe(n + i);
        expect(counterpartOf[n + i]).toBe(row);
      });
    }
  });

  it.each(Object.entries(orders))("become units though nobody named them: %s", (_name, order) => {
    const { units, warnings } = designOf(reordered(order));
    expect(units.kind).toBe("pairs");
    expect(warnings.map(({ code }) => code)).toEqual(["unnamedPairs"]);
    order.forEach((row, i) => expect(units.unitOf[row]).toBe(units.unitOf[n + i]));
  });

  it("agree with names in silence, and go before names that the rows belie", () => {
    expect(designOf(reordered(orders.aligned), pairNames(n)).warnings).toEqual([]);
    for (const order of [orders["shifted by one"], orders.shuffled, orders.reversed]) {
      const { warnings, units } = designOf(reordered(order), pairNames(n));
      expect(warnings.map(({ code }) => code)).toEqual(["misalignedPairs"]);
      order.forEach((row, i) => expect(units.unitOf[row]).toBe(units.unitOf[n + i]));
    }
  });

  it("say so if they were switched off", () => {
    const rows = reordered(orders.shuffled);
    const off = { ...allStructure, pairs: false };
    const named = findDesign(gramOf(rows), halves(2 * n), { groups: pairNames(n) }, off, 1);
    expect(named.ignored).toEqual(["misalignedPairs"]);
    expect(named.units.unitOf[0]).toBe(named.units.unitOf[n]);
    const unnamed = findDesign(gramOf(rows), halves(2 * n), {}, off, 1);
    expect(unnamed.units.kind).toBe("none");
    expect(unnamed.warnings.map(({ code }) => code)).toEqual(["unnamedPairs"]);
  });

  it("are used where most of the named pairs are in another order", () => {
    // The first eight stand where the names say, the others do not.
    const order = [...Array(n).keys()].map((i) => (i < 8 ? i : 8 + ((i - 8 + 5) % (n - 8))));
    expect(designOf(reordered(order), pairNames(n)).warnings.map(({ code }) => code)).toEqual([
      "misalignedPairs",
    ]);
  });

  it("are found among rows of which some have none", () => {
    const { target, reference } = versions(0.95, 2);
    const rows = [...target, ...normal(10, 40, deviates(3)), ...reference];
    const labels = initialLabels(n + 10, n);
    const { units } = designOf(rows, undefined, labels);
    expect(units.kind).toBe("pairs");
    for (let i = 0; i < n; i += 1) expect(units.unitOf[i]).toBe(units.unitOf[n + 10 + i]);
  });

  it("are found among rows that repeat", () => {
    const { target, reference } = versions(0.95, 4);
    const again = (rows: Rows) => rows.map((_row, i) => rows[i % 12].slice());
    const units = pairsOf([...again(target), ...again(reference)], pairNames(n));
    expect(units).toEqual(Array.from({ length: 12 }, (_, i) => [i, i + 12, i + 24, i + 36]));
  });

  it("leave weak pairs as they are named", () => {
    const { target, reference } = versions(0.2, 5);
    const named = designOf([...target, ...reference], pairNames(n));
    expect(named.warnings).toEqual([]);
    expect(named.units.kind).toBe("pairs");
    expect(named.units.unitOf[3]).toBe(named.units.unitOf[3 + n]);
  });

  it.each([2, 5, 20, 60])("are not seen in 100 sets of independent rows in %i dimensions", (d) => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const rows = normal(2 * n, d, deviates(7000 + 100 * d + seed));
      expect(designOf(rows).units.kind, `seed ${seed}`).toBe("none");
    }
  });

  it("belie no names of independent rows", () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const rows = normal(2 * n, 3, deviates(9000 + seed));
      expect(designOf(rows, pairNames(n)).warnings, `seed ${seed}`).toEqual([]);
    }
  });
});
