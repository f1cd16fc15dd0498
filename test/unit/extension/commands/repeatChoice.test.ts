import { describe, expect, it } from "vitest";
import type { ConditionPair } from "../../../../extension/commands/conditionPair.ts";
import { namedPair } from "../../../../extension/commands/conditionPair.ts";
import { nextPaths, repeatedPair } from "../../../../extension/commands/repeatChoice.ts";

const pair = (target: string, reference: string): ConditionPair =>
  namedPair({ path: target }, { path: reference });
const himHer = pair("/w/layer6_him.npy", "/w/layer6_her.npy");
const layer7 = ["/w/layer7_her.npy", "/w/layer7_him.npy"];

describe("the files on which a choice is repeated", () => {
  it("are two in the roles of the last two, in whatever order they were selected", () => {
    const expected = ["/w/layer7_him.npy", "/w/layer7_her.npy"];
    expect(nextPaths(himHer, layer7, layer7)).toEqual(expected);
    expect(nextPaths(himHer, [...layer7].reverse(), layer7)).toEqual(expected);
  });

  it("keep roles that were exchanged against custom", () => {
    const herHim = pair("/w/layer6_her.npy", "/w/layer6_him.npy");
    expect(nextPaths(herHim, layer7, layer7)).toEqual(layer7);
    expect(nextPaths(herHim, ["/w/layer7_him.npy"], layer7)).toEqual(layer7);
  });

  it("are completed by the file that belongs to the one chosen", () => {
    const expected = ["/w/layer7_him.npy", "/w/layer7_her.npy"];
    expect(nextPaths(himHer, ["/w/layer7_her.npy"], layer7)).toEqual(expected);
    const cats = pair("/w/cat/acts.6.npy", "/w/dog/acts.6.npy");
    expect(nextPaths(cats, ["/w/cat/acts.7.npy"], ["/w/dog/acts.7.npy"])).toEqual([
      "/w/cat/acts.7.npy",
      "/w/dog/acts.7.npy",
    ]);
  });

  it("are found by custom where the last two were named otherwise", () => {
    expect(nextPaths(pair("/w/a1.npy", "/w/x.npy"), ["/w/layer7_him.npy"], layer7)).toEqual([
      "/w/layer7_him.npy",
      "/w/layer7_her.npy",
    ]);
  });

  it("are left open where no file fits, or none was chosen", () => {
    expect(nextPaths(himHer, ["/w/other.npy"], ["/w/other.npy", ...layer7])).toBeUndefined();
    expect(nextPaths(himHer, [], layer7)).toBeUndefined();
  });

  it("are one where the last choice was of one", () => {
    const container = namedPair(
      { path: "/w/a.npz", tensor: "him" },
      { path: "/w/a.npz", tensor: "her" },
    );
    expect(nextPaths(container, ["/w/b.npz"], [])).toEqual(["/w/b.npz"]);
    expect(() => nextPaths(container, ["/w/b.npz", "/w/c.npz"], [])).toThrow(/select one file/);
  });
});

describe("a repeated choice", () => {
  it.each([
    ["tensors", { tensor: "blocks.6.him" }, { tensor: "blocks.6.her" }],
    [
      "a label column",
      { tensor: "X", label: { column: "labels", value: "him" } },
      { tensor: "X", label: { column: "labels", value: "her" } },
    ],
    [
      "a regular expression",
      { sentences: { column: "sentences", pattern: "\\bhim\\b" } },
      { sentences: { column: "sentences", pattern: "\\bher\\b" } },
    ],
  ])("keeps %s, rows and token position", (_what, target, reference) => {
    const more = { rows: { start: 0, stop: 40 }, token: { kind: "last" } } as const;
    const path = "/w/a.npz";
    const last = namedPair({ path, ...target, ...more }, { path, ...reference, ...more });
    const next = repeatedPair(last, ["/w/b.npz"]);
    expect(next.target).toEqual({ path: "/w/b.npz", ...target, ...more, name: "him" });
    expect(next.reference).toEqual({ path: "/w/b.npz", ...reference, ...more, name: "her" });
  });

  it("takes names from the new files, unless they were given", () => {
    const last = pair("/w/six.npy", "/w/five.npy");
    expect(repeatedPair(last, ["/w/eight.npy", "/w/seven.npy"]).target.name).toBe("eight");
    const given = { ...last, target: { ...last.target, name: "mine" } };
    expect(repeatedPair(given, ["/w/eight.npy", "/w/seven.npy"]).target.name).toBe("mine");
    expect(repeatedPair(given, ["/w/eight.npy", "/w/seven.npy"]).reference.name).toBe("seven");
  });
});
