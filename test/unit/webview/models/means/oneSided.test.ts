import { expect, it } from "vitest";
import { oneSidedNeurons } from "../../../../../webview/models/means/oneSided.ts";

const neurons = (target: readonly number[], reference: readonly number[]) => ({
  targetMean: new Float64Array(target.length),
  referenceMean: new Float64Array(target.length),
  targetVariance: Float64Array.from(target),
  referenceVariance: Float64Array.from(reference),
});

it("names the neurons that vary for one condition only, those that vary most first", () => {
  const found = oneSidedNeurons(neurons([5, 1, 0.01, 0, 1, 1], [0.05, 1, 1.01, 9, 1, 1]));
  expect(found).toEqual([
    { neuron: 3, varies: "reference", target: 0, reference: 9, ratio: Infinity },
    { neuron: 0, varies: "target", target: 5, reference: 0.05, ratio: 100 },
    { neuron: 2, varies: "reference", target: 0.01, reference: 1.01, ratio: 101 },
  ]);
});

it("leaves out what is less than a hundred times, and what is next to nothing for both", () => {
  // Neuron 0: 99 times. Neuron 1: a million times, but quieter than most neurons.
  expect(oneSidedNeurons(neurons([9.9, 1e-6, 1, 1, 1], [0.1, 1e-12, 1, 1, 1]))).toEqual([]);
});

it("finds nothing in neurons that are constant for both, and in none at all", () => {
  expect(oneSidedNeurons(neurons([0, 0], [0, 0]))).toEqual([]);
  expect(oneSidedNeurons(neurons([], []))).toEqual([]);
});

it("does not count neurons that never vary among those that do", () => {
  // Sparse: most neurons are silent for both; the median is of the two that vary.
  const found = oneSidedNeurons(neurons([0, 0, 0, 0, 2, 1], [0, 0, 0, 0, 0, 1]));
  expect(found.map(({ neuron }) => neuron)).toEqual([4]);
});
