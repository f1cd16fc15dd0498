import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { Cancellation } from "../../../src/cancellation.ts";
import { defaultGedOptions, type GedOptions } from "../../../src/ged/method/options.ts";
import { planRun } from "../../../src/ged/method/plan.ts";
import { runGed, type GedRun } from "../../../src/ged/method/run.ts";
import { fitReduced } from "../../../src/ged/reduced/fitReduced.ts";
import { reduceSource } from "../../../src/ged/reduced/rowSource.ts";
import { initialLabels } from "../../../src/ged/validation/design/units.ts";
import { Workspace } from "../../../src/linalg/small/workspace.ts";
import { matrix } from "../../../src/linalg/matrix.ts";
import type { Products } from "../../../src/linalg/products.ts";
import { createScriptProducts } from "../../../src/linalg/engines/scriptProducts.ts";
import { createWasmProducts } from "../../../src/linalg/engines/wasmProducts.ts";
import { memoryCondition } from "../../support/memoryCondition.ts";

interface Solution {
  readonly alpha: number;
  readonly eigenvalues: readonly number[];
  readonly targetVariance: readonly number[];
  readonly referenceVariance: readonly number[];
}
interface Case {
  readonly components: number;
  readonly forward: Solution;
  readonly swapped: Solution;
}
type Rows = readonly (readonly number[])[];
interface Pair {
  readonly target: Rows;
  readonly reference: Rows;
}
const expected = JSON.parse(
  readFileSync(new URL("data/expected.json", import.meta.url), "utf8"),
) as {
  readonly shapes: Record<
    "wide" | "tall" | "steep",
    Pair & {
      readonly cases: readonly (Case & {
        readonly small: "target" | "reference";
        readonly scale: number;
      })[];
    }
  >;
  readonly graded: Pair & Case & { readonly eigenvalues: readonly number[] };
};

const engines: Record<"wasm" | "script", Products & { dispose(): Promise<void> }> = {
  wasm: await createWasmProducts({ threads: 2 }),
  script: createScriptProducts(),
};
afterAll(() => engines.wasm.dispose());

function times(rows: Rows, factor: number): Rows {
  return rows.map((row) => row.map((value) => value * factor));
}

async function solve(
  pair: Pair,
  options: Partial<GedOptions>,
  products: Products,
): Promise<GedRun> {
  const target = memoryCondition("target", pair.target);
  const reference = memoryCondition("reference", pair.reference);
  const chosen = { ...defaultGedOptions, ...options };
  const shape = {
    targetRows: target.rows,
    referenceRows: reference.rows,
    columns: target.columns,
  };
  const run = await runGed(target, reference, chosen, planRun(shape, chosen), {
    products,
    cancellation: new Cancellation(),
    report: () => undefined,
  });
  run.release();
  return run;
}

/** Largest relative difference. */
function difference(found: Iterable<number>, wanted: readonly number[]): number {
  return Math.max(...Array.from(found, (value, i) => Math.abs(value / wanted[i] - 1)));
}

function expectCase(
  { compression, solved }: GedRun,
  wanted: Case,
  variance = 1,
  leading = compression.components,
): void {
  expect(compression.components).toBe(wanted.components);
  for (const [direction, alpha] of [
    ["forward", solved.forward.alpha],
    ["swapped", solved.swapped.alpha],
  ] as const) {
    const { eigenvalues, carriedVariance, silencedVariance } = solved[direction];
    const own = wanted[direction];
    const unscaled = (values: Float64Array) =>
      values.slice(0, leading).map((value) => value / variance);
    expect(difference([alpha / variance], [own.alpha])).toBeLessThan(1e-8);
    expect(difference(eigenvalues.slice(0, leading), own.eigenvalues)).toBeLessThan(1e-8);
    expect(difference(unscaled(carriedVariance), own.targetVariance)).toBeLessThan(1e-8);
    expect(difference(unscaled(silencedVariance), own.referenceVariance)).toBeLessThan(1e-8);
  }
}

const routes = [
  { shape: "wide", route: "gram", engine: "wasm" },
  { shape: "wide", route: "gram", engine: "script" },
  { shape: "wide", route: "covariance", engine: "script" },
  { shape: "tall", route: "gram", engine: "wasm" },
  { shape: "tall", route: "covariance", engine: "wasm" },
  { shape: "tall", route: "covariance", engine: "script" },
  { shape: "steep", route: "krylov", engine: "wasm" },
] as const;

describe.each(routes)("$shape by $route on $engine", ({ shape, route, engine }) => {
  const pair = expected.shapes[shape];

  it.each(expected.shapes[shape].cases)(
    "agrees with scipy where $small is $scale of the other",
    async (wanted) => {
      const scaled = { ...pair, [wanted.small]: times(pair[wanted.small], wanted.scale) };
      const run = await solve(scaled, { keep: { share: 0.97 }, route }, engines[engine]);
      expectCase(run, wanted);
      expect(run.plan.route).toBe(route);
      const isSmall = wanted.scale < 1e-2 && (route === "gram" || wanted.small === "reference");
      expect(run.compression.numerics.referenceProjected).toBe(isSmall);
    },
  );

  const [ordinary] = expected.shapes[shape].cases;
  const both = (factor: number) => ({
    target: times(pair.target, factor),
    reference: times(pair.reference, factor),
  });

  it.each([1e-100, 1e100])("agrees in the units that were read at a scale of %d", async (scale) => {
    const run = await solve(both(scale), { keep: { share: 0.97 }, route }, engines[engine]);
    expect(run.plan.route).toBe(route);
    expectCase(run, ordinary, scale * scale);
    expect(run.scaling.factor).not.toBe(1);
    expect(run.scaling.remains).toBe(false);
    expect(run.notes).toEqual([]);
  });

  it.each([2 ** -532, 2 ** 532, 2 ** 1018, 1e-160, 1e160, 1e-290])(
    "says so where squares at a scale of %d are beyond a double",
    async (scale) => {
      const run = await solve(both(scale), { keep: { share: 0.97 }, route }, engines[engine]);
      expect(run.plan.route).toBe(route);
      const { factor, remains } = run.scaling;
      expect(remains).toBe(true);
      expectCase(run, ordinary, (scale * factor) ** 2);
      expect(run.notes).toHaveLength(1);
      expect(run.notes[0]).toContain(`the activations times 2^${Math.log2(factor)};`);
    },
  );

  it("gives exactly the same by a power of two", async () => {
    const options = { keep: { share: 0.97 }, route };
    const plain = await solve(both(1), options, engines[engine]);
    const large = await solve(both(2 ** 300), options, engines[engine]);
    const twice = await solve(both(2 ** 310), options, engines[engine]);
    expect(twice.solved.forward.eigenvalues).toEqual(large.solved.forward.eigenvalues);
    expect(twice.compression.eigenvalues).toEqual(
      large.compression.eigenvalues.map((value) => value * 2 ** 20),
    );
    expect(difference(large.moments.target.mean, Array.from(plain.moments.target.mean))).toBe(
      2 ** 300 - 1,
    );
  });
});

describe.each(["wide", "tall"] as const)("%s, in the span of the rows", (shape) => {
  const pair = expected.shapes[shape];
  const options = { keep: { share: 0.97 }, shrinkage: 0.01 };

  it.each(expected.shapes[shape].cases)(
    "agrees with scipy where $small is $scale of the other",
    (wanted) => {
      const scaled = { ...pair, [wanted.small]: times(pair[wanted.small], wanted.scale) };
      const stacked = [...centred(scaled.target), ...centred(scaled.reference)];
      const rows = matrix(stacked.length, stacked[0].length, Float64Array.from(stacked.flat()));
      const labels = initialLabels(scaled.target.length, scaled.reference.length);
      const split = { train: Int32Array.from(labels.keys()), test: new Int32Array(0) };
      for (const source of [
        { kind: "gram", gram: engines.script.gram(rows) },
        { kind: "coordinates", rows },
      ] as const) {
        for (const products of [undefined, engines.wasm]) {
          const workspace = new Workspace(products);
          const reduced = reduceSource(source, split, {}, workspace);
          const fit = fitReduced(reduced, labels, options, 3, workspace);
          expect(fit.compression.components).toBe(wanted.components);
          for (const direction of ["forward", "swapped"] as const) {
            const { alpha, eigenvalues } = fit[direction];
            expect(difference([alpha], [wanted[direction].alpha])).toBeLessThan(1e-8);
            expect(difference(eigenvalues, wanted[direction].eigenvalues)).toBeLessThan(1e-8);
          }
        }
      }
    },
  );
});

/** About their mean: a difference of means is not what is measured here. */
function centred(rows: Rows): Rows {
  const mean = rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j] / rows.length, 0));
  return rows.map((row) => row.map((value, j) => value - mean[j]));
}

it("refines what squaring the rows has cost on the Gram route", async () => {
  const { graded } = expected;
  const options = { keep: { share: 1 - 1e-11 }, route: "gram" } as const;
  for (const engine of ["script", "wasm"] as const) {
    const run = await solve(graded, options, engines[engine]);
    expect(run.compression.numerics.refined).toBe(true);
    expect(difference(run.compression.eigenvalues, graded.eigenvalues)).toBeLessThan(1e-8);
    // Those that follow are next to nothing of the largest, and so are their digits in scipy.
    expectCase(run, graded, 1, 10);
    const k = run.compression.components;
    const identity = matrix(k, k);
    for (let i = 0; i < k; i += 1) identity.values[i * k + i] = 1;
    const basis = run.compression.toNeurons(identity);
    const overlaps = engines.script.gram(basis);
    for (let at = 0; at < k * k; at += 1) {
      expect(Math.abs(overlaps.values[at] - identity.values[at])).toBeLessThan(1e-9);
    }
  }
});
