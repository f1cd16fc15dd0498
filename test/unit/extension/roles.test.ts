import { describe, expect, it } from "vitest";
import { mark, parseMarks, roleOf, rolesInFile } from "../../../extension/roles.ts";

const him = { path: "/w/him.npy" };
const her = { path: "/w/her.npy" };
const layer = (tensor: string) => ({ path: "/w/layers.npz", tensor });

describe("marks", () => {
  it("gives a source one role only", () => {
    const marked = mark(mark({}, "target", him), "reference", her);
    expect(marked).toEqual({ target: him, reference: her });
    expect(mark(marked, "reference", him)).toEqual({ reference: him });
  });

  it("takes a mark away when it is set twice", () => {
    expect(mark(mark({}, "target", him), "target", him)).toEqual({});
  });

  it("tells tensors of one file apart", () => {
    const marked = mark(mark({}, "target", layer("a")), "reference", layer("b"));
    expect(roleOf(marked, "/w/layers.npz", "a")).toBe("target");
    expect(roleOf(marked, "/w/layers.npz", "b")).toBe("reference");
    expect(roleOf(marked, "/w/layers.npz", undefined)).toBeUndefined();
    expect(rolesInFile(marked, "/w/layers.npz")).toEqual(["target", "reference"]);
  });

  it("drops what an earlier session stored badly", () => {
    expect(parseMarks({ target: him, reference: { path: 3 } })).toEqual({ target: him });
    expect(parseMarks("nonsense")).toEqual({});
  });
});
