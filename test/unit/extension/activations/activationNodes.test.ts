import { describe, expect, it } from "vitest";
import type { TensorInfo } from "../../../../src/activations/activationFile.ts";
import {
  describeFile,
  fileTooltip,
  isExpandable,
  isMarkable,
  tensorCap,
  tensorNodes,
} from "../../../../extension/activations/activationNodes.ts";
import { inEnglish } from "../../../../extension/translate.ts";

const tensor = (name: string, shape: number[], more: Partial<TensorInfo> = {}): TensorInfo => ({
  name,
  shape,
  elementType: "float32",
  byteOrder: "little",
  order: "row-major",
  ...more,
});
const known = (...tensors: TensorInfo[]) => ({
  summary: { path: "/w/x.npz", format: "npz", byteLength: 2048, tensors },
});

describe("activation nodes", () => {
  it("describe one tensor by its shape and several by their number", () => {
    expect(describeFile(known(tensor("", [53, 3072])), inEnglish)).toBe("53 x 3072 f32");
    expect(describeFile(known(tensor("a", [2, 2]), tensor("b", [2, 2])), inEnglish)).toBe(
      "2 tensors",
    );
    const { summary } = known(tensor("him", [53, 3072]), tensor("her", [53, 3072]));
    const moments = { summary: { ...summary, path: "/w/layer.moments.safetensors" } };
    expect(describeFile(moments, inEnglish)).toBe("2 conditions");
    expect(describeFile({ failure: "no" }, inEnglish)).toBe("cannot be read");
  });

  it("expand containers, also before they were read", () => {
    expect(isExpandable("/w/a.npy", undefined)).toBe(false);
    expect(isExpandable("/w/a.npz", undefined)).toBe(true);
    expect(isExpandable("/w/a.npz", known(tensor("X", [2, 2])))).toBe(true);
    expect(isExpandable("/w/a.npz", { failure: "no" })).toBe(false);
  });

  it("let a file play a role only where it holds one matrix", () => {
    expect(isMarkable("/w/a.npy", known(tensor("", [53, 3072])))).toBe(true);
    expect(isMarkable("/w/a.npy", known(tensor("", [53])))).toBe(false);
    expect(isMarkable("/w/a.npy", known(tensor("", [5, 3], { unreadable: "objects" })))).toBe(
      false,
    );
    expect(isMarkable("/w/a.npz", known(tensor("a", [5, 3]), tensor("b", [5, 3])))).toBe(false);
  });

  it("say how many tensors are not listed", () => {
    const many = Array.from({ length: tensorCap + 7 }, (_, index) => tensor(`t${index}`, [2, 2]));
    const nodes = tensorNodes(known(...many).summary, inEnglish);
    expect(nodes).toHaveLength(tensorCap + 1);
    expect(nodes.at(-1)).toMatchObject({ kind: "note", text: "7 more tensors are not listed" });
  });

  it("tell the reason in the tooltip of a file that cannot be read", () => {
    expect(fileTooltip("/w/x.npz", { failure: "x.npz is empty." }, inEnglish)).toEqual([
      "x.npz is empty.",
    ]);
    expect(fileTooltip("/w/x.npz", known(tensor("a", [2, 2])), inEnglish)).toContain(
      "npz, 2\u00a0kB",
    );
  });
});
