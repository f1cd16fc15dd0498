import { describe, expect, it } from "vitest";
import { guessName } from "../../../../src/conditions/naming/guessName.ts";
import type { ConditionSource } from "../../../../src/conditions/condition.ts";
import { pairLayers } from "../../../../src/conditions/naming/pairLayers.ts";

function candidate(source: ConditionSource, columns = 8) {
  return { source, name: guessName(source), rows: 10, columns };
}

function found(sources: readonly ConditionSource[]): string[] {
  return pairLayers(sources.map((source) => candidate(source))).map(
    ({ layer, label, target, reference }) => `${layer} ${label}: ${target.name}/${reference.name}`,
  );
}

describe("pairLayers", () => {
  it("reads TransformerLens names in numerical order", () => {
    const tensors = [10, 2, 0].flatMap((layer) =>
      ["her", "him"].map((name) => `blocks.${layer}.mlp.hook_post.${name}`),
    );
    expect(found(tensors.map((tensor) => ({ path: "all.safetensors", tensor })))).toEqual([
      "0 blocks.0.mlp.hook_post: him/her",
      "2 blocks.2.mlp.hook_post: him/her",
      "10 blocks.10.mlp.hook_post: him/her",
    ]);
  });

  it("reads layerL_him in a container and in file names", () => {
    expect(
      found(["layer3_him", "layer3_her"].map((tensor) => ({ path: "a.npz", tensor }))),
    ).toEqual(["3 layer3: him/her"]);
    expect(
      found(["gpt2_layer11_her.npy", "gpt2_layer11_him.npy"].map((path) => ({ path }))),
    ).toEqual(["11 gpt2_layer11: him/her"]);
  });

  it("pairs labels within one tensor", () => {
    const labelled = ["him", "her"].map((value) => ({
      path: "a.safetensors",
      tensor: "blocks.6.mlp.hook_post",
      label: { column: "labels", value },
    }));
    expect(found(labelled)).toEqual(["6 blocks.6.mlp.hook_post: him/her"]);
  });

  it("keeps places apart and leaves out what has no partner or no layer", () => {
    const tensors = [
      "h.1.mlp.him",
      "h.1.mlp.her",
      "h.1.attn.him",
      "h.1.attn.her",
      "h.2.mlp.him",
      "him",
    ];
    expect(found(tensors.map((tensor) => ({ path: "a.safetensors", tensor })))).toEqual([
      "1 h.1.attn: him/her",
      "1 h.1.mlp: him/her",
    ]);
  });
});
