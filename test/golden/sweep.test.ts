import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eigenlens } from "../support/commandLine.ts";

let folder: string;
let files: string[];

/** Three "layers" of real activations, one of them broken. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
  const place = (layer: number, name: string) => join(folder, `layer${layer}_${name}.npy`);
  for (const name of ["him", "her"]) {
    await copyFile(`samples/${name}.npy`, place(6, name));
    await copyFile(`test/golden/data/minilm/${name}.npy`, place(3, name));
    await copyFile("test/formats/data/nan_inf.npy", place(11, name));
  }
  // A broken layer with two different files, so that it fails on its values.
  await copyFile("test/formats/data/f32.npy", place(11, "her"));
  files = [11, 6, 3].flatMap((layer) => ["her", "him"].map((name) => place(layer, name)));
});
afterAll(() => rm(folder, { recursive: true }));

interface Direction {
  readonly eigenvalue: number;
  readonly ratioInSample: number;
  readonly ratioHeldOut?: number;
  readonly low?: number;
  readonly high?: number;
  readonly p?: number;
  readonly pCorrected?: number;
}

interface Layer extends Direction {
  readonly layer: number;
  readonly components: number;
  readonly rank: { readonly target: number; readonly reference: number };
  readonly swapped: Direction;
  readonly error?: string;
}

interface Score {
  readonly heldOut: { readonly ratio: number };
  readonly heldOutRatioInterval: { readonly low: number; readonly high: number };
  readonly permutation: { readonly heldOut: { readonly p: number } };
}

interface Validation extends Score {
  readonly swapped: Score;
}

async function sweep(...words: readonly string[]): Promise<Layer[]> {
  const { code, output, errors } = await eigenlens("sweep", ...files, "--json", ...words);
  expect([code, errors]).toEqual([0, ""]);
  return (JSON.parse(output) as { layers: Layer[] }).layers;
}

describe("eigenlens sweep", () => {
  it("runs every layer in order, and goes on if one is broken", async () => {
    const layers = await sweep("--no-validate");
    expect(layers.map(({ layer }) => layer)).toEqual([3, 6, 11]);
    expect(layers[0]).toMatchObject({ components: 67, rank: { target: 52, reference: 52 } });
    expect(layers[1].components).toBe(74);
    expect(layers[1].eigenvalue).toBeCloseTo(187.91802223233, 9);
    expect(layers[1]).not.toHaveProperty("ratioHeldOut");
    expect(layers[2].error).toMatch(/1 NaN, 1 infinite/);
    expect(layers[2]).not.toHaveProperty("p");
  });

  it("validates by default: what a run of the layer says, and a p that counts all layers", async () => {
    const layers = await sweep("--permutations", "99");
    const place = files.filter((path) => path.includes("layer6")).reverse();
    const words = [
      "run",
      ...place,
      "--validate",
      "--permutations",
      "99",
      "--no-extended",
      "--json",
    ];
    const { output } = await eigenlens(...words);
    const { validation } = JSON.parse(output) as { validation: Validation };
    const [, six] = layers;
    expect(six.ratioHeldOut).toBe(validation.heldOut.ratio);
    expect(six.p).toBe(validation.permutation.heldOut.p);
    expect({ low: six.low, high: six.high }).toEqual(validation.heldOutRatioInterval);
    expect(six.swapped.ratioHeldOut).toBe(validation.swapped.heldOut.ratio);
    for (const layer of layers.slice(0, 2)) {
      for (const { p = NaN, pCorrected } of [layer, layer.swapped]) {
        expect(pCorrected).toBeGreaterThanOrEqual(p);
      }
    }
    expect(layers[2]).not.toHaveProperty("pCorrected");
  });

  it("prints one line per layer for a person, and the best of all", async () => {
    const { output } = await eigenlens("sweep", ...files, "--permutations", "19");
    const lines = output.trim().split("\n");
    expect(lines.length).toBe(4);
    expect(lines[1]).toMatch(
      /^layer {2}6 {2}layer6 {2}k 74, rank 52\/52, eigenvalue 187\.918 \(\S+ x held out \[.*p = \S+ alone\]/,
    );
    expect(lines[2]).toMatch(/^layer 11 .* failed: /);
    expect(lines[3]).toMatch(
      /^Best: layer \d+(, swapped)?, \S+ x held out, p = \S+ corrected over all layers and both directions\.$/,
    );
  });

  it("fails if there is no layer", async () => {
    const lone = join(folder, "him.npy");
    await copyFile("samples/him.npy", lone);
    const { code, errors } = await eigenlens("sweep", lone);
    expect(code).toBe(1);
    expect(errors).toMatch(/^No layers were found in [^\n]+\n$/);
  });
});
