import { readFile } from "node:fs/promises";
import { directionNames } from "../../src/ged/method/directions.ts";
import { tensorNames } from "../../src/runs/written/tensorNames.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";
import { quietCall } from "../../src/commandLine/commands/runCommand.ts";
import { Engine } from "../../src/engine/engine.ts";
import { defaultGedOptions, type GedOptions } from "../../src/ged/method/options.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";

/**
 * The whole method on real activations against what numpy and scipy give in float64 (the two-stage
 * procedure of the source study; conventions in each `expected.json`).
 */
const sets = [
  { name: "mpnet", data: "samples", columns: 3072 },
  { name: "minilm", data: "test/golden/data/minilm", columns: 1536 },
] as const;

interface Expected {
  readonly k: number;
  readonly cum_at_k: number;
  readonly trace_C: number;
  readonly rank_cov_projected: { readonly him: number; readonly her: number };
  readonly k_for: Readonly<Record<string, number>>;
  readonly him_over_her: ExpectedDirection;
  readonly her_over_him: ExpectedDirection;
}

interface ExpectedDirection {
  readonly lambda_max: number;
  readonly largest_component_index: number;
  readonly variance_on_unit_top_vector: { readonly him: number; readonly her: number };
}

const engine = new Engine(nodeFileSystem);
afterAll(() => engine.dispose());

async function runSet(data: string, options: Partial<GedOptions> = {}): Promise<RunDocument> {
  return engine.run(
    {
      target: { path: `${data}/him.npy` },
      reference: { path: `${data}/her.npy` },
      options: { ...defaultGedOptions, ...options },
    },
    quietCall(),
  );
}

async function readVector(path: string): Promise<Float64Array> {
  const file = await openActivationFile(path, nodeFileSystem);
  const [tensor] = file.tensors;
  const values = new Float64Array(tensor.shape.reduce((product, size) => product * size, 1));
  await file.readRows(tensor.name, 0, tensor.shape[0], values);
  await file.close();
  return values;
}

/** Relative where there is something to be relative to, absolute for the null ones. */
function expectEigenvalues(found: readonly number[], expected: Float64Array): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) => {
    const scale = Math.abs(value) < 1e-6 ? 1 : Math.abs(value);
    expect(Math.abs(found[i] - value) / scale, `eigenvalue ${i}`).toBeLessThan(1e-8);
  });
}

function expectRelative(found: number, expected: number, tolerance: number): void {
  expect(Math.abs(found / expected - 1)).toBeLessThan(tolerance);
}

function largestDifference(found: Float64Array, expected: Float64Array): number {
  expect(found.length).toBe(expected.length);
  return found.reduce((largest, value, i) => Math.max(largest, Math.abs(value - expected[i])), 0);
}

function firstRow(document: RunDocument, name: string): Float64Array {
  const tensor = document.tensors[name];
  return tensor.values.slice(0, tensor.shape[1]);
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

describe.each(sets)("him vs her, $name", ({ name, data, columns }) => {
  const folder = `test/golden/data/${name}`;
  let document: RunDocument;
  let expected: Expected;

  beforeAll(async () => {
    expected = JSON.parse(await readFile(`${folder}/expected.json`, "utf8")) as Expected;
    document = await runSet(data);
  });

  it("cuts the scree where the source study does", async () => {
    const { compression } = document.summary;
    expect(compression.components).toBe(expected.k);
    expectRelative(compression.varianceKept, expected.cum_at_k, 1e-12);
    expectRelative(compression.totalVariance, expected.trace_C, 1e-12);
    const eigenvalues = await readVector(`${folder}/cov_eigenvalues.npy`);
    expectEigenvalues(compression.eigenvalues, eigenvalues.slice(0, expected.k));
  });

  it.each(["0.5", "0.8", "0.9", "0.95", "0.999"])("keeps the right number at %s", async (share) => {
    const other = await runSet(data, { keep: { share: Number(share) } });
    expect(other.summary.compression.components).toBe(expected.k_for[share]);
  });

  it("finds the ranks before and after shrinkage", () => {
    const { rank, conditionNumber, direct } = document.summary;
    expect(rank.target).toBe(expected.rank_cov_projected.him);
    expect(rank.reference).toBe(expected.rank_cov_projected.her);
    expect(rank.average).toBe(104);
    expect(rank.fullWidth).toEqual({ target: 52, reference: 52, kind: "exact" });
    expect(rank.referenceShrunk).toBe(expected.k);
    expect(rank.targetShrunk).toBe(expected.k);
    expect(conditionNumber.reference).toBeNull();
    expect(conditionNumber.referenceShrunk).toBeGreaterThan(1);
    expect(direct.possible).toBe(false);
    expect(direct.explanation).toContain(`rank 52 of ${columns}`);
  });

  it.each([
    ["forward", "him_over_her"],
    ["swapped", "her_over_him"],
  ] as const)("solves %s as scipy does", async (direction, file) => {
    const found = document.summary.directions[direction];
    const names = tensorNames[direction];
    const eigenvalues = await readVector(`${folder}/ged_eigenvalues_${file}.npy`);
    expectEigenvalues(found.eigenvalues, eigenvalues);
    expectRelative(found.eigenvalues[0], expected[file].lambda_max, 1e-8);

    const { him, her } = expected[file].variance_on_unit_top_vector;
    const [carried, silent] = direction === "forward" ? [him, her] : [her, him];
    expectRelative(found.carriedVariance[0], carried, 1e-6);
    expectRelative(found.silencedVariance[0], silent, 1e-6);

    const filter = firstRow(document, names.filters);
    const unitVector = await readVector(`${folder}/top_vector_unit_${file}.npy`);
    expect(largestDifference(unit(filter), unitVector)).toBeLessThan(1e-6);
    const vector = await readVector(`${folder}/top_vector_${file}.npy`);
    expect(largestDifference(filter, vector)).toBeLessThan(1e-6 * Math.hypot(...vector));
    expect(filter[expected[file].largest_component_index]).toBe(Math.max(...filter.map(Math.abs)));

    const pattern = await readVector(`${folder}/top_pattern_${file}.npy`);
    expect(largestDifference(firstRow(document, names.patterns), pattern)).toBeLessThan(1e-6);
  });
});

describe.each(["covariance", "krylov"] as const)("the %s route on minilm", (route) => {
  it("gives the same numbers as the Gram route", { timeout: 300_000 }, async () => {
    const data = "test/golden/data/minilm";
    const gram = (await runSet(data)).summary;
    const other = (await runSet(data, { route })).summary;
    expect(other.plan.route).toBe(route);
    expect(other.compression.components).toBe(gram.compression.components);
    expect(other.rank.target).toBe(52);
    for (const direction of directionNames) {
      const { eigenvalues } = gram.directions[direction];
      expectEigenvalues(other.directions[direction].eigenvalues, Float64Array.from(eigenvalues));
    }
  });
});

describe("exchanging the two sources", () => {
  it("gives the mirror image", async () => {
    const request = (target: string, reference: string) => ({
      target: { path: `samples/${target}.npy` },
      reference: { path: `samples/${reference}.npy` },
      options: defaultGedOptions,
    });
    const one = (await engine.run(request("him", "her"), quietCall())).summary;
    const other = (await engine.run(request("her", "him"), quietCall())).summary;
    for (const part of ["eigenvalues", "carriedVariance", "silencedVariance"] as const) {
      other.directions.forward[part].slice(0, 52).forEach((value, i) => {
        expectRelative(one.directions.swapped[part][i], value, 1e-6);
      });
    }
  });
});
