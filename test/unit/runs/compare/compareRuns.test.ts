import { describe, expect, it } from "vitest";
import { comparableRun } from "../../../../src/runs/compare/comparableRun.ts";
import { compareRuns } from "../../../../src/runs/compare/compareRuns.ts";
import type { NeuronSpaceComparison } from "../../../../src/runs/compare/comparison.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { makeRun } from "../../../support/makeRun.ts";

const inNeuronSpace = (documents: readonly RunDocument[]): NeuronSpaceComparison => {
  const { neurons } = compareRuns(documents.map(comparableRun)).pairs[0].directions.forward;
  if (typeof neurons === "string") throw new Error(neurons);
  return neurons;
};

describe("two runs side by side", () => {
  it("are one in neuron space if they are the same, whatever the length and sign of their vectors", async () => {
    const document = await makeRun();
    const { tensors } = document;
    const filters = tensors["separation.filters"];
    const turned = { ...filters, values: filters.values.map((value) => -3 * value) };
    const other = { ...document, tensors: { ...tensors, "separation.filters": turned } };
    const found = inNeuronSpace([document, other]);
    expect(found.filters.cosine).toBeCloseTo(1, 14);
    expect(found.filters.components).toBe(5);
    for (const angle of found.filters.angles) expect(angle).toBeLessThan(1e-10);
    expect(found.sharedNeurons).toEqual({ count: 20, among: 20, expected: 10 });
  });

  it("have the angle of one component if only one is there", async () => {
    const documents = [await makeRun({ keep: { count: 1 } }), await makeRun({}, 12, 40, 90)];
    const { cosine, angles, components } = inNeuronSpace(documents).filters;
    expect(components).toBe(1);
    expect(angles[0]).toBeCloseTo((Math.acos(cosine) * 180) / Math.PI, 10);
  });

  it("say so if widths differ or no loadings are stored", async () => {
    const document = await makeRun();
    const narrow = await makeRun({}, 12, 30);
    const bare = {
      ...document,
      tensors: Object.fromEntries(
        Object.entries(document.tensors).filter(([name]) => !name.endsWith(".filters")),
      ),
    };
    const [first, second, third] = compareRuns([document, narrow, bare].map(comparableRun)).pairs;
    expect(first.directions.forward.neurons).toBe("widths");
    expect(second.directions.swapped.neurons).toBe("noLoadings");
    expect(third.directions.forward.neurons).toBe("widths");
    expect([first, second, third].map((pair) => [pair.first, pair.second])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
  });

  it("compare no held-out ratios before a validation", async () => {
    const document = await makeRun();
    const { runs, pairs } = compareRuns([document, document].map(comparableRun));
    expect(runs[0].directions.forward).not.toHaveProperty("heldOut");
    expect(pairs[0].directions.forward).not.toHaveProperty("heldOut");
  });
});
