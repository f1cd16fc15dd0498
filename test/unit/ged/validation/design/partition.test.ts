import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Partition } from "../../../../../src/ged/validation/design/partition.ts";

describe("a partition", () => {
  it("has the connected components of whatever was joined", () => {
    const size = 14;
    const link = fc.tuple(fc.nat(size - 1), fc.nat(size - 1));
    fc.assert(
      fc.property(fc.array(link, { maxLength: 20 }), (links) => {
        const partition = new Partition(size);
        for (const [i, j] of links) partition.join(i, j);
        // Reachability by repeated sweeps, an independent way to the same sets.
        const least = Array.from({ length: size }, (_, i) => i);
        for (let sweep = 0; sweep < size; sweep += 1) {
          for (const [i, j] of links) least[i] = least[j] = Math.min(least[i], least[j]);
        }
        const expected = [...new Set(least)].map((own) =>
          [...least.keys()].filter((i) => least[i] === own),
        );
        expect(partition.sets()).toEqual(expected);
      }),
    );
  });

  it("joins namesakes, and leaves alone what has no name", () => {
    const partition = new Partition(6);
    partition.joinNamesakes(["a", undefined, "b", "a", undefined, "__proto__"]);
    expect(partition.sets()).toEqual([[0, 3], [1], [2], [4], [5]]);
  });

  it("takes over what another has joined, and a copy stays as it was", () => {
    const one = new Partition(4);
    one.join(0, 1);
    const copy = one.clone();
    const other = new Partition(4);
    other.join(1, 3);
    one.joinAll(other);
    expect(one.sets()).toEqual([[0, 1, 3], [2]]);
    expect(copy.sets()).toEqual([[0, 1], [2], [3]]);
  });
});
