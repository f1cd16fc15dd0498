import { describe, expect, it } from "vitest";
import { openAsRead } from "../../../../src/conditions/naming/openAsRead.ts";
import {
  readingOf,
  readingSelections,
  type TensorReading,
} from "../../../../src/conditions/naming/tensorReading.ts";
import { memoryFileSystem } from "../../../fuzz/memoryFileSystem.ts";
import { safetensorsBytes } from "../../../support/fileBytes.ts";

const path = "acts.safetensors";
const header = {
  cube: { dtype: "F32", shape: [2, 3, 4], data_offsets: [0, 96] },
  words: { dtype: "I16", shape: [2, 4], data_offsets: [96, 112] },
};
const bytes = safetensorsBytes(header, new Uint8Array(112));

/** The file's tensors by name, read so. */
async function opened(...readings: TensorReading[]) {
  const file = await openAsRead(path, memoryFileSystem(new Map([[path, bytes]])), readings);
  await file.close();
  return new Map(file.tensors.map((info) => [info.name, info]));
}

describe("how a user reads a tensor", () => {
  it("is found by file and tensor together", () => {
    const mine = { path, tensor: "cube" };
    const others = [
      { path: "other", tensor: "cube" },
      { path, tensor: "words" },
    ];
    expect(readingOf([...others, mine], path, "cube")).toBe(mine);
    expect(readingOf(others, path, "cube")).toBeUndefined();
  });

  it("becomes the selections of a source, and none if it leaves the file as it is", () => {
    const axes = ["row", "layer", "neuron"] as const;
    expect(readingSelections({ path, tensor: "", axes, words: "bfloat16" })).toEqual({
      axes,
      elementType: "bfloat16",
    });
    expect(readingSelections({ path, tensor: "", words: "integers" })).toEqual({});
    expect(readingSelections(undefined)).toEqual({});
  });

  it("names the axes of that tensor only, with the reason", async () => {
    const axes = ["row", "layer", "neuron"] as const;
    const tensors = await opened({ path, tensor: "cube", axes });
    expect(tensors.get("cube")?.axes).toEqual({ names: axes, reason: "as chosen" });
    expect(tensors.get("words")?.axes).toEqual((await opened()).get("words")?.axes);
  });

  it("does not count if the names do not fit the shape", async () => {
    const tensors = await opened({ path, tensor: "cube", axes: ["row", "neuron"] });
    expect(tensors.get("cube")).toEqual((await opened()).get("cube"));
  });

  it("settles what 16-bit integers are, either way", async () => {
    expect((await opened()).get("words")).toMatchObject({ doubtfulType: true });
    for (const [words, elementType] of [
      ["bfloat16", "bfloat16"],
      ["integers", "int16"],
    ] as const) {
      const info = (await opened({ path, tensor: "words", words })).get("words");
      expect(info?.elementType).toBe(elementType);
      expect(info?.doubtfulType).toBeUndefined();
    }
  });

  it("of another file changes nothing", async () => {
    expect(await opened({ path: "other", tensor: "words", words: "bfloat16" })).toEqual(
      await opened(),
    );
  });
});
