import type {
  InspectedNeuron,
  OfConditions,
  RankedEntry,
} from "../../../src/protocol/inspector.ts";
import { formatCount, formatRatio, formatShort } from "../../../src/protocol/words/numbers.ts";
import { text } from "../../text.ts";
import type { InspectorContent } from "./content.ts";

/** How one neuron takes part in a component, and what it does in each condition. */
export function neuronContent(shown: InspectedNeuron): InspectorContent {
  const { names, neuron, variance } = shown;
  return {
    title: text("inspector.neuron", { neuron }),
    subtitle: text("inspector.onComponent", { number: shown.component + 1 }),
    facts: [
      {
        label: text("inspector.filter"),
        value: ranked(shown.filter),
        hint: text("inspector.filter.hint"),
      },
      {
        label: text("inspector.pattern"),
        value: ranked(shown.pattern),
        hint: text(
          shown.patternWithinSpan ? "inspector.pattern.withinHint" : "inspector.pattern.hint",
        ),
      },
      { label: text("inspector.mean"), value: both(shown.mean, names) },
      {
        label: text("inspector.variance"),
        value: both(variance, names),
        hint: text("inspector.variance.hint"),
      },
      { label: text("inspector.varianceRatio"), value: varianceRatio(variance) },
    ],
    chart: {
      kind: "bars",
      title: text("inspector.filters"),
      bars: shown.filters.map(({ index, value }) => ({ label: String(index + 1), value })),
    },
  };
}

function ranked({ value, rank, among }: RankedEntry): string {
  return text("inspector.ranked", {
    value: formatShort(value),
    rank: formatCount(rank),
    among: formatCount(among),
  });
}

function both({ target, reference }: OfConditions<number>, names: OfConditions<string>): string {
  return text("inspector.both", {
    target: formatShort(target),
    targetName: names.target,
    reference: formatShort(reference),
    referenceName: names.reference,
  });
}

function varianceRatio({ target, reference }: OfConditions<number>): string {
  if (target === 0 && reference === 0) return text("inspector.varianceRatio.never");
  if (reference === 0) return text("inspector.varianceRatio.targetOnly");
  return text("inspector.varianceRatio.value", { ratio: formatRatio(target / reference) });
}
