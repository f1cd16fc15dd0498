import { describe, expect, it } from "vitest";
import { axisNames } from "../../../../src/activations/axes/axes.ts";
import { plausibleAxes } from "../../../../src/conditions/axes/plausibleAxes.ts";

const ranks = [2, 3, 4, 5];

describe("what the axes of an array may be", () => {
  it.each(ranks)(
    "names each of %i axes once, with neurons innermost and something for a row",
    (rank) => {
      const orders = plausibleAxes(rank);
      expect(orders.length).toBeGreaterThan(1);
      expect(new Set(orders.map((names) => names.join())).size).toBe(orders.length);
      for (const names of orders) {
        expect(names).toHaveLength(rank);
        expect(new Set(names).size).toBe(rank);
        expect(names.every((name) => axisNames.includes(name))).toBe(true);
        expect(names.at(-1)).toBe("neuron");
        expect(names.includes("row") || names.includes("token")).toBe(true);
      }
    },
  );

  it("begins with the commonest", () => {
    expect(ranks.map((rank) => plausibleAxes(rank)[0]?.join(":"))).toEqual([
      "row:neuron",
      "row:token:neuron",
      "row:layer:token:neuron",
      "row:layer:token:head:neuron",
    ]);
  });

  it.each([0, 1, 6])("offers nothing for %i axes", (rank) => {
    expect(plausibleAxes(rank)).toEqual([]);
  });
});
