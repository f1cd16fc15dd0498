import { describe, expect, it } from "vitest";
import type { Scatter } from "../../../src/linalg/crossProductAccumulator.ts";
import { matrix } from "../../../src/linalg/matrix.ts";
import { addScatter, emptyScatter, withoutScatter } from "../../../src/linalg/scatters.ts";
import { randomRows, seededUniform } from "../../support/random.ts";

/** By the definition, two passes over the rows. */
function scatterOf(rows: readonly (readonly number[])[], columns: number): Scatter {
  const mean = new Float64Array(columns);
  for (const row of rows) row.forEach((value, j) => (mean[j] += value / rows.length));
  const scatter = matrix(columns, columns);
  for (const row of rows) {
    for (let i = 0; i < columns; i += 1) {
      for (let j = 0; j < columns; j += 1) {
        scatter.values[i * columns + j] += (row[i] - mean[i]) * (row[j] - mean[j]);
      }
    }
  }
  return { rows: rows.length, mean, scatter };
}

/** The largest difference of two scatters' entries, each against what its two neurons vary. */
function distance(a: Scatter, b: Scatter): number {
  const n = a.mean.length;
  const root = (j: number) => Math.sqrt(b.scatter.values[j * n + j]);
  let largest = a.rows === b.rows ? 0 : Infinity;
  for (let i = 0; i < n; i += 1) {
    largest = Math.max(largest, Math.abs(a.mean[i] - b.mean[i]) / (Math.abs(b.mean[i]) + root(i)));
    for (let j = 0; j < n; j += 1) {
      const difference = Math.abs(a.scatter.values[i * n + j] - b.scatter.values[i * n + j]);
      largest = Math.max(largest, difference / (root(i) * root(j)));
    }
  }
  return largest;
}

function shuffled<Item>(items: readonly Item[], uniform: () => number): Item[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

const columns = 7;

describe("adding scatters", () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    it(`gives the same in any order and split, seed ${seed}`, () => {
      const uniform = seededUniform(seed);
      const offset = 50 * uniform();
      const rows = randomRows(60 + Math.floor(60 * uniform()), columns, seed, (j) => 0.5 ** j).map(
        (row) => row.map((value) => value + offset),
      );
      const whole = scatterOf(rows, columns);
      const parts: Scatter[] = [];
      for (let start = 0; start < rows.length;) {
        const stop = start + Math.floor(12 * uniform());
        parts.push(scatterOf(rows.slice(start, stop), columns));
        start = Math.max(start, stop);
      }
      for (let trial = 0; trial < 3; trial += 1) {
        let sum = emptyScatter(columns);
        for (const part of shuffled(parts, uniform)) sum = addScatter(sum, part);
        expect(sum.rows).toBe(parts.reduce((all, part) => all + part.rows, 0));
        expect(distance(sum, whole)).toBeLessThan(1e-12);
      }
    });
  }

  it("stays exactly symmetric", () => {
    const parts = [1, 2, 3].map((seed) => scatterOf(randomRows(9, columns, seed), columns));
    let sum = emptyScatter(columns);
    for (const part of parts) sum = addScatter(sum, part);
    for (let i = 0; i < columns; i += 1) {
      for (let j = 0; j < i; j += 1) {
        expect(sum.scatter.values[i * columns + j]).toBe(sum.scatter.values[j * columns + i]);
      }
    }
  });

  it("leaves the parts as they were", () => {
    const part = scatterOf(randomRows(5, columns, 1), columns);
    const before = structuredClone(part);
    addScatter(addScatter(emptyScatter(columns), part), part);
    expect(part).toEqual(before);
  });

  it("refuses other widths", () => {
    expect(() => addScatter(emptyScatter(3), emptyScatter(4))).toThrow("3 and 4 columns");
  });
});

describe("taking a part out", () => {
  it("gives the moments of the other rows", () => {
    const rows = randomRows(50, columns, 3).map((row) => row.map((value) => value + 10));
    const total = scatterOf(rows, columns);
    const before = structuredClone(total);
    const left = withoutScatter(total, scatterOf(rows.slice(0, 10), columns));
    expect(distance(left, scatterOf(rows.slice(10), columns))).toBeLessThan(1e-12);
    expect(total).toEqual(before);
  });

  it("leaves nothing of a whole, and everything if nothing is taken", () => {
    const total = scatterOf(randomRows(6, columns, 4), columns);
    expect(withoutScatter(total, total)).toEqual(emptyScatter(columns));
    expect(distance(withoutScatter(total, emptyScatter(columns)), total)).toBeLessThan(1e-15);
  });

  it("refuses more rows than there are", () => {
    const few = scatterOf(randomRows(3, columns, 5), columns);
    const many = scatterOf(randomRows(4, columns, 6), columns);
    expect(() => withoutScatter(few, many)).toThrow("4 of 3 rows");
  });
});
