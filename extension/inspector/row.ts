import { entryAt } from "../../src/lookup.ts";
import type { ConditionName } from "../../src/protocol/direction.ts";
import type { InspectedRow } from "../../src/protocol/inspector.ts";
import type { ChosenRow } from "../../src/protocol/selection.ts";
import type { ComponentView } from "../../src/protocol/views/runView.ts";
import type { InspectedRun } from "./inspectedRun.ts";
import { namesOf } from "./names.ts";
import { rankByMagnitude, rankDescending, standardDeviation } from "./ranking.ts";
import { counterpartOf, listRow } from "./rows.ts";

/** Where one sentence (or row) lies on a component, among its condition and beside its counterpart. */
export function inspectRow(run: InspectedRun, chosen: ChosenRow): InspectedRow {
  const { view, component, firstComponents } = run;
  const { condition, row } = chosen;
  const own = projectionsOf(component, condition);
  const sentence = view.sentences?.[condition][row];
  const other = counterpartOf(view, condition, row);
  const strongest = strongestComponent(firstComponents, chosen);
  return {
    kind: "row",
    names: namesOf(view.summary),
    component: component.index,
    row: listRow(run, chosen),
    ...(sentence === undefined ? {} : { sentence }),
    deviation: standardDeviation(own),
    rows: own.length,
    rank: rankDescending(own, row),
    distanceRank: rankByMagnitude(own, row),
    ...(other === undefined
      ? {}
      : {
          counterpart: {
            sentence: other,
            value: entryAt(projectionsOf(component, otherThan(condition)), row),
          },
        }),
    ...(strongest === undefined ? {} : { strongest }),
    projections: {
      target: component.targetProjections,
      reference: component.referenceProjections,
    },
  };
}

function projectionsOf(component: ComponentView, condition: ConditionName): Float64Array {
  return condition === "target" ? component.targetProjections : component.referenceProjections;
}

function otherThan(condition: ConditionName): ConditionName {
  return condition === "target" ? "reference" : "target";
}

function strongestComponent(
  components: readonly ComponentView[],
  { condition, row }: ChosenRow,
): InspectedRow["strongest"] {
  let strongest: InspectedRow["strongest"];
  for (const view of components) {
    const own = projectionsOf(view, condition);
    const deviation = standardDeviation(own);
    const score = deviation === 0 ? 0 : entryAt(own, row) / deviation;
    if (!strongest || Math.abs(score) > Math.abs(strongest.score)) {
      strongest = { index: view.index, score, among: components.length };
    }
  }
  return strongest;
}
