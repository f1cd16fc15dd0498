import type { InspectorView } from "../../src/protocol/inspector.ts";
import { formatCount, formatRatio, formatShort } from "../../src/protocol/words/numbers.ts";
import type { Translate } from "../translate.ts";
import type { InspectedRun } from "./inspectedRun.ts";
import { rankByMagnitude } from "./ranking.ts";
import { entryAt } from "../../src/lookup.ts";

/** How one neuron takes part in a component, and what it does in each condition. */
export function neuronFacts(
  run: InspectedRun,
  neuron: number,
  translate: Translate,
): InspectorView {
  const { view, component, firstComponents } = run;
  const { neurons, summary } = view;
  const target = summary.target.name;
  const reference = summary.reference.name;
  const targetVariance = entryAt(neurons.targetVariance, neuron);
  const referenceVariance = entryAt(neurons.referenceVariance, neuron);
  return {
    title: translate("Neuron {0}", neuron),
    subtitle: translate("on component {0}", component.index + 1),
    facts: [
      {
        label: translate("Filter"),
        value: ranked(component.filter, neuron, translate),
        hint: translate(
          "The neuron's share of the unit direction: what its activation is multiplied with.",
        ),
      },
      {
        label: translate("Pattern"),
        value: ranked(component.pattern, neuron, translate),
        hint: component.patternWithinSpan
          ? translate("How the component shows up in the neuron, within the kept components.")
          : translate("How the component shows up in the neuron."),
      },
      {
        label: translate("Mean"),
        value: `${formatShort(entryAt(neurons.targetMean, neuron))} ${target}, ${formatShort(entryAt(neurons.referenceMean, neuron))} ${reference}`,
      },
      {
        label: translate("Variance"),
        value: `${formatShort(targetVariance)} ${target}, ${formatShort(referenceVariance)} ${reference}`,
        hint: translate("Over the rows of each condition."),
      },
      {
        label: translate("Variance ratio"),
        value: varianceRatio(targetVariance, referenceVariance, translate),
      },
    ],
    chart: {
      kind: "bars",
      title: translate("Filter on the first components"),
      bars: firstComponents.map(({ index, filter }) => ({
        label: `${index + 1}`,
        value: entryAt(filter, neuron),
      })),
    },
  };
}

function ranked(values: Float64Array, neuron: number, translate: Translate): string {
  const rank = formatCount(rankByMagnitude(values, neuron));
  return translate(
    "{0} (number {1} of {2})",
    formatShort(entryAt(values, neuron)),
    rank,
    formatCount(values.length),
  );
}

function varianceRatio(target: number, reference: number, translate: Translate): string {
  if (target === 0 && reference === 0) return translate("never varies");
  if (reference === 0) return translate("varies in the target only");
  return translate("{0} in the target", formatRatio(target / reference));
}
