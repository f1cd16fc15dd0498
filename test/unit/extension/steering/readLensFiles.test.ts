import { expect, it } from "vitest";
import { readLensFiles } from "../../../../extension/steering/readLensFiles.ts";

const files = {
  unembedding: { path: "/model.safetensors", tensor: "lm_head.weight" },
  vocabulary: "/tokenizer.json",
  norm: { weight: { path: "/model.safetensors", tensor: "norm" }, kind: "gemma" },
  down: { path: "/down.npy" },
};

it("reads what it kept, with and without the parts that a lens may lack", () => {
  expect(readLensFiles(files)).toEqual(files);
  const { unembedding, vocabulary } = files;
  expect(readLensFiles({ unembedding, vocabulary })).toEqual({ unembedding, vocabulary });
});

it.each([
  undefined,
  null,
  "x",
  {},
  { ...files, unembedding: "/model.safetensors" },
  { ...files, unembedding: { path: 3 } },
  { ...files, unembedding: { path: "x", tensor: 3 } },
  { ...files, vocabulary: undefined },
  { ...files, norm: { ...files.norm, kind: "none" } },
  { ...files, norm: "x" },
  { ...files, down: {} },
])("takes nothing that another version may have kept: %j", (stored) => {
  expect(readLensFiles(stored)).toBeUndefined();
});
