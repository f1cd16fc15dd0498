import { describe, expect, it } from "vitest";
import { axesReason, describeTensor } from "../../../../src/protocol/words/shapes.ts";

describe("what a listing says of a tensor", () => {
  it("describes a tensor by shape and short element type", () => {
    expect(describeTensor({ shape: [53, 3072], elementType: "float32" })).toBe("53 x 3072 f32");
    expect(describeTensor({ shape: [32, 11, 8], elementType: "bfloat16" })).toBe(
      "32 x 11 x 8 bf16",
    );
    expect(describeTensor({ shape: [], elementType: "int64" })).toBe("scalar i64");
  });

  it("names the axes with what says so, in the reader's language", () => {
    const axes = { names: ["row", "token", "neuron"], reason: "a mask" } as const;
    expect(axesReason({ axes }, (english) => english.toUpperCase())).toBe(
      "row x token x neuron (A MASK)",
    );
    expect(axesReason({}, String)).toBeUndefined();
  });
});
