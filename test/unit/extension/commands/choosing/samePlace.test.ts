import { describe, expect, it } from "vitest";
import {
  pairsAtOnePlace,
  pairsOfFiles,
} from "../../../../../extension/commands/choosing/samePlace.ts";
import type { ConditionCandidate } from "../../../../../src/conditions/naming/proposeConditions.ts";

function candidate(
  path: string,
  tensor: string,
  more: Omit<Partial<ConditionCandidate>, "source"> & {
    source?: Partial<ConditionCandidate["source"]>;
  } = {},
): ConditionCandidate {
  const name = path.replace(/\..*/, "");
  return { name, rows: 10, columns: 8, ...more, source: { path, tensor, ...more.source } };
}

/** `him#blocks.6/her#blocks.6` for each pair. */
function described(pairs: ReturnType<typeof pairsAtOnePlace>): string[] {
  const text = ({ source }: ConditionCandidate) => `${source.path}#${source.tensor}`;
  return pairs.map(({ target, reference }) => `${text(target)} ${text(reference)}`);
}

describe("tensors of two files that were recorded at one place", () => {
  it("are paired in the order of the targets, and the rest is left", () => {
    const targets = ["blocks.8", "blocks.6", "embed"].map((name) => candidate("him.npz", name));
    const references = ["blocks.6", "blocks.7", "blocks.8"].map((name) =>
      candidate("her.npz", name),
    );
    expect(described(pairsAtOnePlace(targets, references))).toEqual([
      "him.npz#blocks.8 her.npz#blocks.8",
      "him.npz#blocks.6 her.npz#blocks.6",
    ]);
  });

  it("may say which condition they are of", () => {
    const him = candidate("a.npz", "blocks.6.him", { name: "him" });
    const her = candidate("b.npz", "blocks.6.her", { name: "her" });
    expect(described(pairsAtOnePlace([him], [her]))).toEqual([
      "a.npz#blocks.6.him b.npz#blocks.6.her",
    ]);
  });

  it.each([
    ["another width", { columns: 9 }],
    ["tokens", { tokens: 5 }],
    ["another layer", { source: { layer: 3 } }],
    ["another head", { source: { head: 1 } }],
    ["rows of one label", { source: { label: { column: "label", value: "x" } } }],
  ])("are none with %s", (_, difference) => {
    const him = candidate("him.npz", "acts");
    const her = candidate("her.npz", "acts", difference);
    expect(pairsAtOnePlace([him], [her])).toEqual([]);
    expect(pairsAtOnePlace([her], [him])).toEqual([]);
  });

  it("may have different numbers of tokens: one of them will stand for each row", () => {
    const him = candidate("him.npz", "acts", { tokens: 5 });
    const her = candidate("her.npz", "acts", { tokens: 9 });
    expect(pairsAtOnePlace([him], [her])).toHaveLength(1);
  });

  it("have the customary target first, in whichever order the files come", () => {
    const both = [candidate("her.npz", "acts"), candidate("him.npz", "acts")];
    const wanted = ["him.npz#acts her.npz#acts"];
    expect(described(pairsOfFiles(both, ["her.npz", "him.npz"]))).toEqual(wanted);
    expect(described(pairsOfFiles(both, ["him.npz", "her.npz"]))).toEqual(wanted);
  });

  it("keep the order of the files if custom says nothing", () => {
    const both = [candidate("d.npz", "docs"), candidate("c.npz", "docs")];
    expect(described(pairsOfFiles(both, ["d.npz", "c.npz"]))).toEqual(["d.npz#docs c.npz#docs"]);
  });
});
