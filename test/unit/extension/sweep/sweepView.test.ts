import { describe, expect, it } from "vitest";
import type { LayerPair } from "../../../../src/conditions/naming/pairLayers.ts";
import type { SweptLayer } from "../../../../src/protocol/sweep.ts";
import { placesOf, sweepView } from "../../../../extension/sweep/sweepView.ts";
import { inEnglish } from "../../../../extension/translate.ts";

const pair = (layer: number, place = "mlp"): LayerPair => {
  const candidate = (name: string) => ({
    source: { path: "/w/layers.safetensors", tensor: `blocks.${layer}.${place}.${name}` },
    name,
    rows: 53,
    columns: 3072,
  });
  return {
    layer,
    label: `blocks.${layer}.${place}`,
    target: candidate("him"),
    reference: candidate("her"),
  };
};
const swept = (layer: number, heldOutRatio: number | null): SweptLayer => {
  const direction = { eigenvalue: 100, inSampleRatio: 20_000, heldOutRatio };
  return {
    layer,
    label: `blocks.${layer}.mlp`,
    target: pair(layer).target.source,
    reference: pair(layer).reference.source,
    found: {
      rows: { target: 53, reference: 53 },
      columns: 3072,
      components: 74,
      varianceKept: 0.99,
      rank: { target: 52, reference: 52 },
      forward: direction,
      swapped: direction,
      seconds: 0.1,
    },
  };
};

describe("the sweep panel", () => {
  it("is titled by its conditions and says where it stands", () => {
    const view = sweepView([pair(0), pair(1)], [], inEnglish);
    expect(view.title).toBe("him vs her over layers");
    expect(view.subtitle).toBe("layers.safetensors · blocks.#.mlp");
    expect(view.count).toBe(2);
    expect(view.labels.finding).toBe("No layer was held out yet");
  });

  it("finds the layer in which most survives held out, never the in-sample one", () => {
    const layers = [swept(0, 3.7), swept(1, 13.2), swept(2, null)];
    const view = sweepView([pair(0), pair(1), pair(2)], layers, inEnglish);
    expect(view.labels.finding).toBe("Most survives held out in layer 1: 13.2×");
  });

  it("tells the places within a layer apart", () => {
    expect(placesOf([pair(0, "mlp"), pair(1, "mlp"), pair(0, "attn")])).toEqual([
      "blocks.#.mlp",
      "blocks.#.attn",
    ]);
  });
});
