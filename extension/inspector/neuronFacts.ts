import type { InspectorView } from "../../src/protocol/inspector.ts";
import { describeRatio, toSignificant } from "../naming.ts";
import type { InspectedRun } from "./inspectorView.ts";
import { rankByMagnitude } from "./ranking.ts";

/** How one neuron takes part in a component, and what it does in each condition. */
export function neuronFacts(run: InspectedRun, neuron: number): InspectorView {
  const { view, component, firstComponents } = run;
  const { neurons, summary } = view;
  const target = summary.target.name;
  const reference = summary.reference.name;
  const targetVariance = neurons.targetVariance[neuron];
  const referenceVariance = neurons.referenceVariance[neuron];
  return {
    title: `Neuron ${neuron}`,
    subtitle: `on component ${component.index + 1}`,
    facts: [
      {
        label: "Filter",
        value: ranked(component.filter, neuron),
        hint: "The neuron's share of the unit direction: what its activation is multiplied with.",
      },
      {
        label: "Pattern",
        value: ranked(component.pattern, neuron),
        hint: component.patternWithinSpan
          ? "How the component shows up in the neuron, within the kept components."
          : "How the component shows up in the neuron.",
      },
      {
        label: "Mean",
        value: `${toSignificant(neurons.targetMean[neuron])} ${target}, ${toSignificant(neurons.referenceMean[neuron])} ${reference}`,
      },
      {
        label: "Variance",
        value: `${toSignificant(targetVariance)} ${target}, ${toSignificant(referenceVariance)} ${reference}`,
        hint: "Over the rows of each condition.",
      },
      { label: "Variance ratio", value: varianceRatio(targetVariance, referenceVariance) },
    ],
    chart: {
      kind: "bars",
      title: "Filter on the first components",
      bars: firstComponents.map(({ index, filter }) => ({
        label: `${index + 1}`,
        value: filter[neuron],
      })),
    },
  };
}

function ranked(values: Float64Array, neuron: number): string {
  const rank = rankByMagnitude(values, neuron).toLocaleString("en-US");
  return `${toSignificant(values[neuron])} (number ${rank} of ${values.length.toLocaleString("en-US")})`;
}

function varianceRatio(target: number, reference: number): string {
  if (target === 0 && reference === 0) return "never varies";
  if (reference === 0) return "varies in the target only";
  return `${describeRatio(target / reference)} in the target`;
}
