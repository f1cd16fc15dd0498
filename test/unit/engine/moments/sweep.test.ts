import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultGedOptions } from "../../../../src/ged/method/options.ts";
import { correctOverLayers } from "../../../../src/ged/validation/layers/correctOverLayers.ts";
import { defaultValidationOptions } from "../../../../src/ged/validation/options.ts";
import { randomRows } from "../../../support/random.ts";
import { call, MomentsFolder } from "./momentsFolder.ts";

let folder: MomentsFolder;
const layers = [3, 4, 5] as const;
const planted = 4;
const document = (layer: number) => `layer${layer}.moments.safetensors`;

beforeAll(async () => {
  folder = await MomentsFolder.make();
  for (const layer of layers) {
    const scale = (carried: number) => (j: number) => 0.9 ** j * (j === 2 ? carried : 1);
    const him = randomRows(200, 8, 40 + layer, scale(layer === planted ? 4 : 1));
    await folder.writeRows(`him${layer}.npy`, him);
    await folder.writeRows(`her${layer}.npy`, randomRows(180, 8, 50 + layer, scale(1)));
    const sources = { him: `him${layer}.npy`, her: `her${layer}.npy` };
    await folder.moments(sources, document(layer), 5, 1, { groups: 20 });
  }
});
afterAll(() => folder.close());

async function sweep(...names: readonly string[]) {
  const pairs = await folder.engine.layers({ paths: names.map((name) => folder.at(name)) });
  const validation = { ...defaultValidationOptions, permutations: 99 };
  return folder.engine.sweep({ pairs, options: defaultGedOptions, validation }, call());
}

describe("a sweep over moments", () => {
  it("takes a document per layer, and corrects p over groups that are permuted alike", async () => {
    const swept = await sweep(...layers.map(document));
    expect(
      swept.layers.map(({ layer, label, found }) => [layer, label, found?.fromMoments]),
    ).toEqual(layers.map((layer) => [layer, `layer${layer}`, true]));
    const labellings = swept.reports.map((report) => report?.permutations?.labelling);
    expect(new Set(labellings).size).toBe(1);
    expect(labellings[0]).toMatch(/^[0-9a-f]{16}$/);
    const corrected = swept.layers.map(({ found }) => found?.forward.correctedP ?? NaN);
    expect(corrected[1]).toBeLessThanOrEqual(0.02);
    expect(Math.min(corrected[0] ?? 0, corrected[2] ?? 0)).toBeGreaterThan(0.05);
    expect(swept.layers[1]?.found?.forward.heldOutRatio).toBeGreaterThan(8);
  });

  it("takes one document whose conditions are layers, each with groups of its own rows", async () => {
    const sources = Object.fromEntries(
      layers.flatMap((layer) =>
        ["him", "her"].map((name) => [`blocks.${layer}.${name}`, `${name}${layer}.npy`]),
      ),
    );
    await folder.moments(sources, "all.moments.safetensors", 5, 1, { groups: 20 });
    const swept = await sweep("all.moments.safetensors");
    expect(swept.layers.map(({ layer, label, target }) => [layer, label, target.name])).toEqual(
      layers.map((layer) => [layer, `blocks.${layer}`, "him"]),
    );
    expect(swept.layers.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    // Other rows lie in the groups of each: the error is shared by the number of layers.
    const labellings = swept.reports.map((report) => report?.permutations?.labelling);
    expect(new Set(labellings).size).toBe(3);
    const own = correctOverLayers([swept.reports[1] ?? null])[0]?.forward ?? NaN;
    expect(swept.layers[1]?.found?.forward.correctedP).toBeCloseTo(Math.min(1, 3 * own), 12);
  });

  it("says of a layer without folds why it has no held-out ratio, and goes on", async () => {
    await folder.moments({ him: "him3.npy", her: "her3.npy" }, "layer9.moments.safetensors", 0);
    const swept = await sweep(document(planted), "layer9.moments.safetensors");
    expect(swept.layers.map(({ error }) => error)).toEqual([
      undefined,
      expect.stringContaining("has no folds, so nothing can be held out"),
    ]);
  });
});
