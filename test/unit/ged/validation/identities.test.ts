import { describe, expect, it } from "vitest";
import { askedShare } from "../../../../src/ged/method/options.ts";
import { compressBalanced, compressInFull } from "../../../../src/ged/reduced/compressReduced.ts";
import { evaluateSplit } from "../../../../src/ged/validation/scores/evaluateSplit.ts";
import type { FitOptions } from "../../../../src/ged/reduced/fitReduced.ts";
import { gatherCondition } from "../../../../src/ged/reduced/labelledRows.ts";
import { reduceRows, rowCoefficients } from "../../../../src/ged/reduced/reduceRows.ts";
import { initialLabels } from "../../../../src/ged/validation/design/units.ts";
import { Workspace } from "../../../../src/linalg/small/workspace.ts";
import { matrix, type Matrix } from "../../../../src/linalg/matrix.ts";
import { createScriptProducts } from "../../../../src/linalg/engines/scriptProducts.ts";
import { symmetricDefiniteEigen } from "../../../../src/linalg/symmetricDefiniteEigen.ts";
import { symmetricEigen } from "../../../../src/linalg/symmetricEigen.ts";
import { gramInput, normalRows } from "./support.ts";

const products = createScriptProducts();
const decay = (column: number) => 0.9 ** column;

/** Rows centred on their mean, [n, D]. */
function centred(x: Matrix): Matrix {
  const result = matrix(x.rows, x.columns, x.values.slice());
  for (let j = 0; j < x.columns; j += 1) {
    let mean = 0;
    for (let i = 0; i < x.rows; i += 1) mean += x.values[i * x.columns + j] / x.rows;
    for (let i = 0; i < x.rows; i += 1) result.values[i * x.columns + j] -= mean;
  }
  return result;
}

function covariance(x: Matrix): Matrix {
  const rows = centred(x);
  const product = products.multiply(rows, rows, { transposeA: true });
  return matrix(
    x.columns,
    x.columns,
    product.values.map((value) => value / (x.rows - 1)),
  );
}

/** The literal procedure in D neurons: covariances, PCA of their average, cut, shrinkage, separation. */
function literal(target: Matrix, reference: Matrix, options: FitOptions & { shrinkage: number }) {
  const [s, r] = [covariance(target), covariance(reference)];
  const average = matrix(
    s.rows,
    s.rows,
    s.values.map((value, i) => (value + r.values[i]) / 2),
  );
  const { values, vectors } = symmetricEigen(average);
  const total = values.reduce((sum, value) => sum + value, 0);
  const share = askedShare(options.keep);
  let k = 0;
  for (let sum = 0; sum / total < share; k += 1) sum += values[k];
  const basis = matrix(k, s.rows, vectors.values.slice(0, k * s.rows));
  const project = (a: Matrix) =>
    products.multiply(products.multiply(basis, a), basis, { transposeB: true });
  const [sk, rk] = [project(s), project(r)];
  let trace = 0;
  for (let i = 0; i < k; i += 1) trace += rk.values[i * k + i];
  const shrunk = matrix(
    k,
    k,
    rk.values.map((value) => (1 - options.shrinkage) * value),
  );
  for (let i = 0; i < k; i += 1) shrunk.values[i * k + i] += (options.shrinkage * trace) / k;
  const solved = symmetricDefiniteEigen(sk, shrunk);
  const directions = products.multiply(solved.vectors, basis);
  return { k, eigenvalues: solved.values, directions };
}

describe("a fit in the Gram matrix", () => {
  const cases = [
    { name: "as many rows in both conditions, N < D", nA: 12, nB: 12, columns: 40 },
    { name: "unequal conditions, N < D", nA: 15, nB: 9, columns: 40 },
    { name: "N > D, balanced", nA: 40, nB: 40, columns: 12 },
    { name: "N > D, unequal", nA: 31, nB: 44, columns: 12 },
  ];
  for (const { name, nA, nB, columns } of cases) {
    it(`is the literal procedure in all neurons (${name})`, () => {
      const target = normalRows(nA, columns, 1, decay);
      const reference = normalRows(nB, columns, 2, decay);
      const input = gramInput(target, reference);
      const labels = initialLabels(nA, nB);
      const split = { train: Int32Array.from(labels.keys()), test: new Int32Array(0) };
      const reduced = reduceRows(input.gram, split);
      for (const options of [
        { keep: { share: 0.95 }, shrinkage: 0.05 },
        { keep: { share: 0.7 }, shrinkage: 1 },
      ]) {
        const wanted = literal(target, reference, options);
        const found = evaluateSplit(
          { split, reduced },
          labels,
          options,
          { components: 3 },
          new Workspace(),
        );
        expect(found.components).toBe(wanted.k);
        for (let c = 0; c < 3; c += 1) {
          const relative = found.eigenvalues.forward[c] / wanted.eigenvalues[c] - 1;
          expect(Math.abs(relative)).toBeLessThan(1e-10);
          const own = found.directions.values.subarray(
            c * found.directions.columns,
            (c + 1) * found.directions.columns,
          );
          const mapped = neurons(rowCoefficients(reduced, own), input.rows);
          const direction = wanted.directions.values.subarray(c * columns, (c + 1) * columns);
          expect(Math.abs(Math.abs(cosine(mapped, direction)) - 1)).toBeLessThan(1e-10);
          expect(Math.hypot(...mapped)).toBeCloseTo(1, 9);
        }
      }
    });
  }

  it("compresses the same way by a rank-one update and in full", () => {
    const input = gramInput(normalRows(14, 60, 3, decay), normalRows(14, 60, 4, decay));
    const labels = initialLabels(14, 14);
    const split = { train: Int32Array.from(labels.keys()), test: new Int32Array(0) };
    const reduced = reduceRows(input.gram, split);
    const [first, second] = [new Workspace(), new Workspace()];
    const run = (compress: typeof compressBalanced, workspace: Workspace) =>
      compress(
        reduced,
        gatherCondition(reduced, labels, 1, workspace),
        gatherCondition(reduced, labels, 0, workspace),
        { share: 0.9 },
        workspace,
      );
    const updated = run(compressBalanced, first);
    const full = run(compressInFull, second);
    expect(updated.components).toBe(full.components);
    expect(updated.total / full.total).toBeCloseTo(1, 12);
    const r = reduced.train.columns;
    for (let c = 0; c < full.components; c += 1) {
      expect(updated.eigenvalues[c] / full.eigenvalues[c]).toBeCloseTo(1, 11);
      const own = (basis: Float64Array) => basis.subarray(c * r, (c + 1) * r);
      expect(Math.abs(cosine(own(updated.basis), own(full.basis)))).toBeCloseTo(1, 9);
    }
  });

  it("counts a row twice as it would two equal rows", () => {
    const target = normalRows(8, 30, 5, decay);
    const reference = normalRows(8, 30, 6, decay);
    const doubled = (x: Matrix) =>
      matrix(9, 30, Float64Array.of(...x.values, ...x.values.subarray(0, 30)));
    const options = { keep: { share: 0.95 }, shrinkage: 0.1 };
    const layout = { components: 2 };
    const evaluate = (a: Matrix, b: Matrix, weights?: Float64Array) => {
      const labels = initialLabels(a.rows, b.rows);
      const split = { train: Int32Array.from(labels.keys()), test: new Int32Array(0) };
      const reduced = reduceRows(
        gramInput(a, b).gram,
        split,
        weights === undefined ? {} : { weights },
      );
      return evaluateSplit({ split, reduced }, labels, options, layout, new Workspace());
    };
    const weights = new Float64Array(16).fill(1);
    weights[0] = 2;
    weights[8] = 2;
    const weighted = evaluate(target, reference, weights);
    const repeated = evaluate(doubled(target), doubled(reference));
    expect(weighted.components).toBe(repeated.components);
    weighted.eigenvalues.forward.forEach((value, c) => {
      expect(value / repeated.eigenvalues.forward[c]).toBeCloseTo(1, 9);
    });
  });
});

function neurons(coefficients: Float64Array, rows: Matrix | undefined): Float64Array {
  if (rows === undefined) throw new Error("The test's input has no rows.");
  return products.multiply(matrix(1, rows.rows, coefficients), rows).values;
}

function cosine(a: Float64Array, b: Float64Array): number {
  let product = 0;
  for (let i = 0; i < a.length; i += 1) product += a[i] * b[i];
  return product / Math.hypot(...a) / Math.hypot(...b);
}
