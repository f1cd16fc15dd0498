import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fitBalanced } from "../../../../../src/ged/reduced/balanced/fitBalanced.ts";
import { fitReduced, type FitOptions } from "../../../../../src/ged/reduced/fitReduced.ts";
import { reduceSource } from "../../../../../src/ged/reduced/rowSource.ts";
import type { ReducedRows } from "../../../../../src/ged/reduced/reduceRows.ts";
import { initialLabels } from "../../../../../src/ged/validation/design/units.ts";
import { matrix, type Matrix } from "../../../../../src/linalg/matrix.ts";
import { KernelMemory } from "../../../../../src/linalg/small/kernelMemory.ts";
import { Workspace } from "../../../../../src/linalg/small/workspace.ts";
import {
  createWasmProducts,
  type WasmProducts,
} from "../../../../../src/linalg/engines/wasmProducts.ts";
import { RandomStream } from "../../../../../src/statistics/random.ts";
import { gramInput, normalRows } from "../../validation/support.ts";

const components = 3;
let products: WasmProducts;
let memory: KernelMemory;
let workspace: Workspace;

beforeAll(async () => {
  products = await createWasmProducts({ threads: 1 });
  memory = new KernelMemory(products.kernels);
  workspace = new Workspace(products);
});

afterAll(() => products.dispose());

function reduce(target: Matrix, reference: Matrix): ReducedRows {
  const { gram } = gramInput(target, reference);
  const labels = initialLabels(target.rows, reference.rows);
  const split = { train: Int32Array.from(labels.keys()), test: new Int32Array(0) };
  return reduceSource({ kind: "gram", gram }, split, { partOf: labels }, workspace);
}

function shuffled(rows: number, seed: number): Uint8Array {
  const labels = initialLabels(rows, rows);
  new RandomStream(seed, 51, 0).shuffle(labels);
  return labels;
}

/** Largest difference of squared cosines from 1, direction by direction. */
function angles(found: Float64Array, wanted: Float64Array, r: number): number {
  let worst = 0;
  for (let c = 0; c < components; c += 1) {
    let cosine = 0;
    for (let j = 0; j < r; j += 1) cosine += found[c * r + j] * wanted[c * r + j];
    worst = Math.max(worst, Math.abs(1 - cosine * cosine));
  }
  return worst;
}

function expectSame(reduced: ReducedRows, labels: Uint8Array, options: FitOptions): void {
  const found = fitBalanced(reduced, labels, options, components, memory, workspace);
  const wanted = fitReduced(reduced, labels, options, components, workspace);
  if (found === undefined) throw new Error("These rows should be fitted.");
  const r = reduced.train.columns;
  expect(angles(found.forward, wanted.forward.directions, r)).toBeLessThan(1e-13);
  expect(angles(found.swapped, wanted.swapped.directions, r)).toBeLessThan(1e-13);
  let squares = 0;
  for (const value of wanted.target.values.subarray(0, wanted.target.rows * r)) {
    squares += value * value;
  }
  expect(found.traces.target / (squares / (wanted.target.rows - 1))).toBeCloseTo(1, 11);
}

const plain: FitOptions = { keep: { share: 0.99 }, shrinkage: 0.01 };

describe("a fit of two halves", () => {
  it.each([
    ["decaying", 40, 90, (j: number) => 0.93 ** j],
    ["flat", 40, 90, () => 1],
    ["more rows than neurons", 60, 30, (j: number) => 0.9 ** j],
    ["one neuron above all", 40, 60, (j: number) => (j === 0 ? 10 : 1)],
    ["fewer rows than kept dimensions, many", 150, 400, () => 1],
    ["as few rows as there are components and some", 6, 90, () => 1],
    ["an odd number of rows", 17, 90, (j: number) => 0.97 ** j],
    ["as many rows as are decomposed at once", 64, 400, (j: number) => 0.99 ** j],
    ["one row more", 65, 400, (j: number) => 0.99 ** j],
  ])("finds the directions that every other way finds: %s", (_name, rows, columns, scale) => {
    const reduced = reduce(
      normalRows(rows, columns, 1, scale),
      normalRows(rows, columns, 2, scale),
    );
    for (let seed = 0; seed < 4; seed += 1) expectSame(reduced, shuffled(rows, seed), plain);
  });

  it.each([
    { ...plain, keep: { share: 0.9 } },
    { ...plain, keep: { share: 1 } },
    { ...plain, keep: { count: 20 } },
    { ...plain, keep: { count: 55 } },
    { ...plain, keep: { share: 0.999, atMost: 200 } },
    { ...plain, keep: { share: 0.999, atMost: 60 } },
    { ...plain, shrinkage: 0.5 },
    { ...plain, shrinkage: 1e-3 },
  ])("does so with %o", (options) => {
    const scale = (j: number) => 0.95 ** j;
    const reduced = reduce(normalRows(45, 80, 3, scale), normalRows(45, 80, 4, scale));
    for (let seed = 0; seed < 3; seed += 1) expectSame(reduced, shuffled(45, seed), options);
  });

  it("gives the same digits whatever was fitted before", () => {
    const reduced = reduce(normalRows(40, 90, 5), normalRows(40, 90, 6));
    const other = reduce(normalRows(60, 70, 7), normalRows(60, 70, 8));
    const fit = () => fitBalanced(reduced, shuffled(40, 1), plain, components, memory, workspace);
    const first = fit();
    fitBalanced(other, shuffled(60, 2), plain, components, memory, workspace);
    expect(first).toBeDefined();
    expect(fit()).toEqual(first);
  });

  it.each([
    ["halves of unlike size", { labels: initialLabels(38, 42), options: plain }],
    ["no shrinkage", { labels: shuffled(40, 1), options: { ...plain, shrinkage: 0 } }],
    ["nothing but shrinkage", { labels: shuffled(40, 1), options: { ...plain, shrinkage: 1 } }],
  ])("leaves to others: %s", (_name, { labels, options }) => {
    const reduced = reduce(normalRows(40, 90, 9), normalRows(40, 90, 10));
    expect(fitBalanced(reduced, labels, options, components, memory, workspace)).toBeUndefined();
  });

  it("finds them if rows repeat each other, whose eigenvalues coincide", () => {
    const doubled = (seed: number) => {
      const rows = normalRows(20, 90, seed);
      const values = new Float64Array(40 * 90);
      values.set(rows.values);
      values.set(rows.values, 20 * 90);
      return matrix(40, 90, values);
    };
    const reduced = reduce(doubled(14), doubled(15));
    for (let seed = 0; seed < 3; seed += 1) expectSame(reduced, shuffled(40, seed), plain);
  });

  it("leaves to others few rows if their means take nearly all of some variance", () => {
    const moved = normalRows(40, 90, 16);
    for (let i = 0; i < 40; i += 1) for (let j = 0; j < 90; j += 1) moved.values[i * 90 + j] += 1e3;
    const { gram } = gramInput(moved, normalRows(40, 90, 17));
    const split = { train: Int32Array.from({ length: 80 }, (_, i) => i), test: new Int32Array(0) };
    const reduced = reduceSource({ kind: "gram", gram }, split, {}, workspace);
    const own = initialLabels(40, 40);
    const options = { ...plain, keep: { count: 60 } };
    expect(fitBalanced(reduced, own, options, components, memory, workspace)).toBeUndefined();
  });

  it("leaves to others a condition that hardly varies, and few kept dimensions", () => {
    const silent = reduce(
      normalRows(40, 90, 11),
      normalRows(40, 90, 12, () => 1e-3),
    );
    const own = initialLabels(40, 40);
    expect(fitBalanced(silent, own, plain, components, memory, workspace)).toBeUndefined();
    const few = (j: number) => 0.3 ** j;
    const short = reduce(normalRows(40, 20, 13, few), normalRows(40, 20, 14, few));
    expect(
      fitBalanced(short, shuffled(40, 1), plain, components, memory, workspace),
    ).toBeUndefined();
  });
});
