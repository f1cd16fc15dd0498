import type { InspectorView } from "../../src/protocol/inspector.ts";
import { formatShort } from "../../src/protocol/words/numbers.ts";
import type { Translate } from "../translate.ts";
import type { InspectedRun } from "./inspectedRun.ts";
import { inspectedRow } from "./rowsFacts.ts";
import { rankByMagnitude, rankDescending, standardDeviation } from "./ranking.ts";
import { entryAt } from "../../src/lookup.ts";

/** Where one sentence (or row) lies on a component, among its condition and beside its counterpart. */
export function rowFacts(
  run: InspectedRun,
  condition: "target" | "reference",
  row: number,
  translate: Translate,
): InspectorView {
  const { view, component, firstComponents } = run;
  const { summary, sentences } = view;
  const own = condition === "target" ? component.targetProjections : component.referenceProjections;
  const name = summary[condition].name;
  const sentence = sentences?.[condition][row];
  const deviation = standardDeviation(own);
  const value = entryAt(own, row);
  return {
    title: translate("Row {0} ({1})", row, name),
    subtitle: sentence ?? translate("on component {0}", component.index + 1),
    facts: [
      {
        label: translate("On component {0}", component.index + 1),
        value: formatShort(value),
        hint: translate(
          "Projection on the unit direction, about the condition's own mean, in sample.",
        ),
      },
      {
        label: translate("Distance from the mean"),
        value:
          deviation === 0
            ? translate("no spread")
            : translate("{0} standard deviations", formatShort(value / deviation)),
        hint: translate("Of the {0} rows of {1}.", own.length, name),
      },
      {
        label: translate("Place"),
        value: translate(
          "number {0} of {1}, {2} by distance",
          rankDescending(own, row),
          own.length,
          rankByMagnitude(own, row),
        ),
        hint: translate("Counted from the largest projection."),
      },
      ...counterpartFact(run, condition, row, translate),
      ...strongestComponentFact(firstComponents, condition, row, translate),
    ],
    rows: [inspectedRow(run, { condition, row }, translate)],
    chart: {
      kind: "strips",
      title: translate("Projections on component {0}", component.index + 1),
      target: { name: summary.target.name, values: component.targetProjections },
      reference: { name: summary.reference.name, values: component.referenceProjections },
      marked: value,
    },
  };
}

/** Row i of both conditions is the same sentence only if both have sentences, one for one. */
function counterpartFact(
  run: InspectedRun,
  condition: "target" | "reference",
  row: number,
  translate: Translate,
) {
  const { view, component } = run;
  const { summary, sentences } = view;
  if (!sentences || sentences.target.length !== sentences.reference.length) return [];
  const other = condition === "target" ? "reference" : "target";
  const values = other === "target" ? component.targetProjections : component.referenceProjections;
  return [
    {
      label: translate("Same row of {0}", summary[other].name),
      value: formatShort(entryAt(values, row)),
      hint: sentences[other][row],
    },
  ];
}

function strongestComponentFact(
  components: InspectedRun["firstComponents"],
  condition: "target" | "reference",
  row: number,
  translate: Translate,
) {
  let strongest: { index: number; score: number } | undefined;
  for (const view of components) {
    const own = condition === "target" ? view.targetProjections : view.referenceProjections;
    const deviation = standardDeviation(own);
    const score = deviation === 0 ? 0 : entryAt(own, row) / deviation;
    if (!strongest || Math.abs(score) > Math.abs(strongest.score)) {
      strongest = { index: view.index, score };
    }
  }
  if (!strongest) return [];
  return [
    {
      label: translate("Stands out most on"),
      value: translate(
        "component {0} ({1} standard deviations)",
        strongest.index + 1,
        formatShort(strongest.score),
      ),
      hint: translate("Among the first {0} components.", components.length),
    },
  ];
}
