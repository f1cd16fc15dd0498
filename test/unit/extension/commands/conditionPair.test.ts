import { describe, expect, it } from "vitest";
import { shortSource } from "../../../../src/conditions/naming/describeSource.ts";
import type { ConditionCandidate } from "../../../../src/conditions/naming/proposeConditions.ts";
import {
  candidatePairs,
  describeCandidate,
  pairOfCandidates,
  pairTitle,
  placeName,
} from "../../../../extension/commands/conditionPair.ts";

const candidate = (
  name: string,
  source: ConditionCandidate["source"],
  more: Partial<ConditionCandidate> = {},
): ConditionCandidate => ({ name, source, rows: 53, columns: 3072, ...more });
const tensor = (layer: number, name: string) =>
  candidate(name, { path: "/w/layers.safetensors", tensor: `blocks.${layer}.mlp.${name}` });

describe("pairs of conditions", () => {
  it("offer one pair for each layer, him as target", () => {
    const pairs = candidatePairs([
      tensor(0, "her"),
      tensor(0, "him"),
      tensor(1, "her"),
      tensor(1, "him"),
    ]);
    expect(
      pairs.map(({ target, reference }) => [target.source.tensor, reference.source.tensor]),
    ).toEqual([
      ["blocks.0.mlp.him", "blocks.0.mlp.her"],
      ["blocks.1.mlp.him", "blocks.1.mlp.her"],
    ]);
    expect(placeName(tensor(1, "him"))).toBe("blocks.1.mlp");
  });

  it("do not pair different widths", () => {
    const wide = { ...tensor(0, "him"), columns: 5 };
    expect(candidatePairs([wide, tensor(0, "her")])).toEqual([]);
  });

  it("give names that tell the two apart", () => {
    const same = (path: string) => candidate("acts", { path });
    expect(pairTitle(same("/w/a/acts.npy"), same("/w/b/acts.npy"))).toBe("acts (a) vs acts (b)");
    expect(pairTitle(same("/w/acts.npy"), same("/w/acts.npz"))).toBe("acts (npy) vs acts (npz)");
    const { target } = pairOfCandidates(tensor(0, "him"), tensor(0, "her"));
    expect(target).toMatchObject({ name: "him", tensor: "blocks.0.mlp.him" });
  });

  it("describe shapes and sources shortly", () => {
    expect(describeCandidate(candidate("a", { path: "/w/a.npy" }, { tokens: 11 }))).toBe(
      "53 x 11 x 3072",
    );
    const label = { column: "labels", value: "him" };
    expect(shortSource({ path: "/w/a.npz", tensor: "X", label })).toBe("a.npz#X[labels=him]");
  });
});
