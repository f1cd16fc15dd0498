import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SweptLayer } from "../../src/protocol/sweep.ts";
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

describe("eigenlens sweep", () => {
  it("runs every layer in order, and goes on where one is broken", async () => {
    const { code, output, errors } = await eigenlens("sweep", ...files, "--json");
    expect([code, errors]).toEqual([0, ""]);
    const { layers } = JSON.parse(output) as { layers: SweptLayer[] };
    expect(layers.map(({ layer }) => layer)).toEqual([3, 6, 11]);
    expect(layers[0].found).toMatchObject({ components: 67, rank: { target: 52, reference: 52 } });
    expect(layers[1].found?.components).toBe(74);
    expect(layers[1].found?.forward.eigenvalue).toBeCloseTo(187.91802223233, 9);
    expect(layers[1].found?.forward.heldOutRatio).toBeNull();
    expect(layers[2].error).toMatch(/1 NaN, 1 infinite/);
  });

  it("prints one line a layer for a person", async () => {
    const { output } = await eigenlens("sweep", ...files);
    expect(output.trim().split("\n").length).toBe(3);
    expect(output).toMatch(/layer {2}6 {2}layer6 {2}k 74, rank 52\/52, eigenvalue 187\.918/);
    expect(output).toMatch(/layer 11 .* failed: /);
  });

  it("fails where there is no layer", async () => {
    const lone = join(folder, "him.npy");
    await copyFile("samples/him.npy", lone);
    const { code, errors } = await eigenlens("sweep", lone);
    expect(code).toBe(1);
    expect(errors).toMatch(/^No layers were found in [^\n]+\n$/);
  });
});
