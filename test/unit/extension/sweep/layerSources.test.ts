import { describe, expect, it } from "vitest";
import { EigenlensError } from "../../../../src/errors.ts";
import { layerSources, withSiblings } from "../../../../extension/sweep/layerSources.ts";

const files = [
  "/w/layer5.moments.safetensors",
  "/w/layer6.moments.safetensors",
  "/w/both.safetensors",
  "/w/layer5_him.npy",
  "/v/layer7.moments.safetensors",
];

describe("what a sweep can run over", () => {
  it("takes moments documents of a folder together, as files of one matrix each", async () => {
    const asked: (readonly string[])[] = [];
    await layerSources(files, (paths) => {
      asked.push(paths);
      throw new EigenlensError("condition", "no layers");
    });
    expect(asked).toEqual([files.slice(0, 2), [files[2]], [files[3]], [files[4]]]);
    expect(withSiblings(files.slice(0, 1), files)).toEqual(files.slice(0, 2));
    expect(withSiblings(files.slice(2, 3), files)).toEqual([files[2]]);
  });
});
