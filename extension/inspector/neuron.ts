import { entryAt } from "../../src/lookup.ts";
import type { InspectedNeuron, RankedEntry } from "../../src/protocol/inspector.ts";
import type { InspectedRun } from "./inspectedRun.ts";
import { namesOf } from "./names.ts";
import { rankByMagnitude } from "./ranking.ts";

/** How one neuron takes part in a component, and what it does in each condition. */
export function inspectNeuron(
  { view: { neurons, summary }, component, firstComponents }: InspectedRun,
  neuron: number,
): InspectedNeuron {
  return {
    kind: "neuron",
    names: namesOf(summary),
    neuron,
    component: component.index,
    filter: ranked(component.filter, neuron),
    pattern: ranked(component.pattern, neuron),
    patternWithinSpan: component.patternWithinSpan,
    mean: {
      target: entryAt(neurons.targetMean, neuron),
      reference: entryAt(neurons.referenceMean, neuron),
    },
    variance: {
      target: entryAt(neurons.targetVariance, neuron),
      reference: entryAt(neurons.referenceVariance, neuron),
    },
    filters: firstComponents.map(({ index, filter }) => ({
      index,
      value: entryAt(filter, neuron),
    })),
  };
}

function ranked(values: Float64Array, neuron: number): RankedEntry {
  const rank = rankByMagnitude(values, neuron);
  return { value: entryAt(values, neuron), rank, among: values.length };
}
