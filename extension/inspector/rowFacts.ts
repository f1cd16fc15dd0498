import type { InspectorView } from "../../src/protocol/inspector.ts";
import { toSignificant } from "../naming.ts";
import type { InspectedRun } from "./inspectorView.ts";
import { rankByMagnitude, rankDescending, standardDeviation } from "./ranking.ts";

/** Where one sentence (or row) lies on a component, among its condition and beside its counterpart. */
export function rowFacts(
  run: InspectedRun,
  condition: "target" | "reference",
  row: number,
): InspectorView {
  const { view, component, firstComponents } = run;
  const { summary, sentences } = view;
  const own = condition === "target" ? component.targetProjections : component.referenceProjections;
  const name = summary[condition].name;
  const sentence = sentences?.[condition][row];
  const deviation = standardDeviation(own);
  const value = own[row];
  return {
    title: `Row ${row} (${name})`,
    subtitle: sentence ?? `on component ${component.index + 1}`,
    facts: [
      {
        label: `On component ${component.index + 1}`,
        value: toSignificant(value),
        hint: "Projection on the unit direction, about the condition's own mean, in sample.",
      },
      {
        label: "Distance from the mean",
        value:
          deviation === 0 ? "no spread" : `${toSignificant(value / deviation)} standard deviations`,
        hint: `Of the ${own.length} rows of ${name}.`,
      },
      {
        label: "Place",
        value: `number ${rankDescending(own, row)} of ${own.length}, ${rankByMagnitude(own, row)} by distance`,
        hint: "Counted from the largest projection.",
      },
      ...counterpartFact(run, condition, row),
      ...strongestComponentFact(firstComponents, condition, row),
    ],
    chart: {
      kind: "strips",
      title: `Projections on component ${component.index + 1}`,
      target: { name: summary.target.name, values: component.targetProjections },
      reference: { name: summary.reference.name, values: component.referenceProjections },
      marked: value,
    },
  };
}

/** Row i of both conditions is the same sentence only where both have sentences, one for one. */
function counterpartFact(run: InspectedRun, condition: "target" | "reference", row: number) {
  const { view, component } = run;
  const { summary, sentences } = view;
  if (!sentences || sentences.target.length !== sentences.reference.length) return [];
  const other = condition === "target" ? "reference" : "target";
  const values = other === "target" ? component.targetProjections : component.referenceProjections;
  return [
    {
      label: `Same row of ${summary[other].name}`,
      value: toSignificant(values[row]),
      hint: sentences[other][row],
    },
  ];
}

function strongestComponentFact(
  components: InspectedRun["firstComponents"],
  condition: "target" | "reference",
  row: number,
) {
  let strongest: { index: number; score: number } | undefined;
  for (const view of components) {
    const own = condition === "target" ? view.targetProjections : view.referenceProjections;
    const deviation = standardDeviation(own);
    const score = deviation === 0 ? 0 : own[row] / deviation;
    if (!strongest || Math.abs(score) > Math.abs(strongest.score)) {
      strongest = { index: view.index, score };
    }
  }
  if (!strongest) return [];
  return [
    {
      label: "Stands out most on",
      value: `component ${strongest.index + 1} (${toSignificant(strongest.score)} standard deviations)`,
      hint: `Among the first ${components.length} components.`,
    },
  ];
}
