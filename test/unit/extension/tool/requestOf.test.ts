import { describe, expect, it } from "vitest";
import { requestOf } from "../../../../extension/tool/requestOf.ts";
import { defaultGedOptions } from "../../../../src/ged/method/options.ts";

describe("the run that a tool asked for", () => {
  it("is read from paths below the folder, tensors and labels", () => {
    const input = { target: "a/him.npy", reference: "/w/x.npz#X[labels=her]", shrinkage: 0.1 };
    const request = requestOf(input, defaultGedOptions, "/workspace");
    expect(request.target).toEqual({ path: "/workspace/a/him.npy", name: "him" });
    expect(request.reference).toMatchObject({ path: "/w/x.npz", tensor: "X", name: "her" });
  });

  it.each([
    [{ target: "", reference: "her.npy" }, /No target was given/],
    [{ target: "him.npy" }, /No reference was given/],
    [{ target: 3, reference: "her.npy" }, /No target was given/],
  ])("is refused in one line without two sources: %j", (input, line) => {
    expect(() => requestOf(input, defaultGedOptions, "/w")).toThrow(line);
  });

  it("is refused for a relative path where no folder is open", () => {
    const input = { target: "him.npy", reference: "/w/her.npy" };
    expect(() => requestOf(input, defaultGedOptions, undefined)).toThrow(/no folder is open/);
  });
});
