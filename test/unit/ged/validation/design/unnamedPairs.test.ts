import { describe, expect, it } from "vitest";
import {
  describeUnnamedPairs,
  shareNearestCounterpart,
} from "../../../../../src/ged/validation/design/unnamedPairs.ts";
import { findUnits, initialLabels } from "../../../../../src/ged/validation/design/units.ts";
import { matrix, type Matrix } from "../../../../../src/linalg/matrix.ts";
import { createScriptProducts } from "../../../../../src/linalg/scriptProducts.ts";
import { randomRows } from "../../../../support/random.ts";

const n = 12;
const columns = 30;

/** Inner products of target rows and of reference rows that lie `distance` from them. */
function gramOfPairs(distance: number): Matrix {
  const target = randomRows(n, columns, 1);
  const noise = randomRows(n, columns, 2);
  const reference = target.map((row, i) => row.map((value, j) => value + distance * noise[i][j]));
  const rows = matrix(2 * n, columns, Float64Array.from([...target, ...reference].flat()));
  return createScriptProducts().gram(rows);
}

const units = findUnits(initialLabels(n, n), undefined);
const describe12 = (gram: Matrix, found = units, rows = n) =>
  describeUnnamedPairs({ kind: "gram", gram }, found, n, rows);

describe("pairs that nobody named", () => {
  it("are seen where counterparts lie nearest to each other", () => {
    expect(shareNearestCounterpart(gramOfPairs(0.1), n)).toBe(1);
    expect(describe12(gramOfPairs(0.1))[0]).toMatch(/^100 % of the rows are nearer .* sentences/);
  });

  it("are not suspected where rows stand alone, are named, or differ in number", () => {
    expect(shareNearestCounterpart(gramOfPairs(30), n)).toBeLessThan(0.5);
    expect(describe12(gramOfPairs(30))).toEqual([]);
    const names = Array.from({ length: 2 * n }, (_, i) => `pair ${i % n}`);
    expect(describe12(gramOfPairs(0.1), findUnits(initialLabels(n, n), names))).toEqual([]);
    expect(describe12(gramOfPairs(0.1), units, n - 1)).toEqual([]);
  });
});
