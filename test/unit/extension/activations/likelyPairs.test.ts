import { describe, expect, it } from "vitest";
import { likelyPairs, rankCounterparts } from "../../../../extension/activations/likelyPairs.ts";
import { isActivationPath } from "../../../../extension/activations/fileTypes.ts";

describe("likely pairs", () => {
  it("puts him before her, whatever the order of the files", () => {
    expect(likelyPairs(["/w/her.npy", "/w/him.npy"])).toEqual([
      { target: "/w/him.npy", reference: "/w/her.npy" },
    ]);
  });

  it("pairs only files that differ in the condition's word alone", () => {
    const files = [
      "/w/layer3_her.npy",
      "/w/layer3_him.npy",
      "/w/layer4_her.npy",
      "/w/layer4_him.npz",
      "/v/layer3_her.npy",
      "/w/other.npy",
    ];
    expect(likelyPairs(files)).toEqual([
      { target: "/w/layer3_him.npy", reference: "/w/layer3_her.npy" },
    ]);
  });

  it("ranks the counterpart first, then the same folder", () => {
    expect(rankCounterparts("/w/him.npy", ["/v/a.npy", "/w/b.npy", "/w/her.npy"])).toEqual([
      "/w/her.npy",
      "/w/b.npy",
      "/v/a.npy",
    ]);
  });
});

describe("activation paths", () => {
  it("leave out documents of runs, not those of moments", () => {
    expect(isActivationPath("/w/him.NPY")).toBe(true);
    expect(isActivationPath("/w/a.safetensors")).toBe(true);
    expect(isActivationPath("/w/him-vs-her.ged.safetensors")).toBe(false);
    expect(isActivationPath("/w/him.moments.safetensors")).toBe(true);
    expect(isActivationPath("/w/sentences.json")).toBe(false);
  });
});
