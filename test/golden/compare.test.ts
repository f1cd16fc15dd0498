import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eigenlens } from "../support/commandLine.ts";

const him = "samples/him.npy";
const her = "samples/her.npy";
let folder: string;
let whole: string;
let part: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
  whole = join(folder, "whole.ged.safetensors");
  part = join(folder, "part.ged.safetensors");
  const validated = ["--validate", "--permutations", "40"];
  await eigenlens("run", him, her, ...validated, "--out", whole);
  const rows = [`${him}[rows=0:40]`, `${her}[rows=0:40]`];
  await eigenlens("run", ...rows, "--variance", "0.9", ...validated, "--out", part);
});
afterAll(() => rm(folder, { recursive: true }));

interface Vectors {
  readonly cosine: number;
  readonly angles: readonly number[];
}

interface Written {
  readonly runs: readonly { readonly components: number }[];
  readonly pairs: readonly {
    readonly sharedRows: string;
    readonly separation: {
      readonly neurons: { readonly filters: Vectors; readonly sharedNeurons: { count: number } };
      readonly heldOut: { readonly factor: number; readonly interval: { readonly low: number } };
    };
  }[];
}

describe("eigenlens compare", () => {
  it("sets runs side by side, and each with each", async () => {
    const { code, output } = await eigenlens("compare", whole, part, whole, "--json");
    expect(code).toBe(0);
    const { runs, pairs } = JSON.parse(output) as Written;
    expect(runs.map(({ components }) => components)).toEqual([74, 28, 74]);
    expect(pairs).toHaveLength(3);
    const [different, same] = pairs;
    const { neurons, heldOut } = different.separation;
    expect(different.sharedRows).toBe("sameRoles");
    expect(neurons.filters.angles).toHaveLength(5);
    expect(neurons.filters.angles[0]).toBeGreaterThan(1);
    // The first angle lies between the closest members of both spans.
    expect(Math.cos((neurons.filters.angles[0] * Math.PI) / 180)).toBeGreaterThanOrEqual(
      neurons.filters.cosine,
    );
    expect(heldOut.interval.low).toBeLessThan(heldOut.factor);
    expect(same.separation.neurons.filters.cosine).toBeCloseTo(1, 12);
    expect(same.separation.neurons.sharedNeurons.count).toBe(20);
    expect(same.separation.heldOut.factor).toBe(1);
  });

  it("says in words what its numbers are", async () => {
    const { output } = await eigenlens("compare", whole, part, "--swapped");
    expect(output).toMatch(/^1 {2}her over him \(/);
    expect(output).toMatch(/held out \(95 %: .* in sample/);
    expect(output).toMatch(/eigenvalues in sample: 170, /);
    expect(output).toMatch(/principal angles of the first 5: .* degrees/);
    expect(output).toMatch(/they share rows, or may: the interval is conservative/);
  });

  it("refuses one run, a file that is none, and one that is not there", async () => {
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [[whole], /2 to 12 runs, not of 1/],
      [[whole, him], /is not an Eigenlens run document/],
      [[whole, join(folder, "none")], /there is no such file/],
    ];
    for (const [paths, message] of cases) {
      const { code, errors } = await eigenlens("compare", ...paths);
      expect(code).toBe(1);
      expect(errors).toMatch(message);
      expect(errors.trim().split("\n").length).toBe(1);
    }
  });
});
