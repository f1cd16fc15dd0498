import type { DirectionName } from "../../../src/protocol/direction.ts";
import type { ValidationReport } from "../../../src/protocol/results.ts";
import type { ComponentView, RunView } from "../../../src/protocol/views/runView.ts";
import type { Cell, TableContent } from "../../components/dataTable.ts";
import { text } from "../../text.ts";
import { cosine, meanDirection } from "./directions.ts";

/**
 * Filter, pattern, mean difference and linear discriminant against each other: cosines, and the held-out AUC of those
 * that a validation has tried. A direction that the run does not have is left out.
 * @param report of what is shown; null if there is none
 */
export function directionsTable(
  run: RunView,
  front: DirectionName,
  component: ComponentView,
  report: ValidationReport | null,
): TableContent {
  const number = { component: component.index + 1 };
  const { baselines } = report ?? {};
  const scored = report?.directions[front].components[component.index];
  const entries = [
    {
      name: text("means.directions.filter", number),
      vector: component.filter,
      auc: scored?.heldOut?.auc,
    },
    { name: text("means.directions.pattern", number), vector: component.pattern },
    {
      name: text("means.meanDifference"),
      vector: meanDirection(run, "meanDifference", front),
      auc: baselines?.meanDifference.heldOut?.auc,
    },
    {
      name: text("means.discriminant"),
      vector: meanDirection(run, "discriminant", front),
      auc: baselines?.linearDiscriminant.heldOut?.auc,
    },
  ].flatMap(({ vector, ...entry }) => (vector === undefined ? [] : [{ ...entry, vector }]));
  return {
    columns: [
      text("means.directions.column"),
      ...entries.map(({ name }) => name),
      text("means.directions.auc"),
    ],
    rows: entries.map(({ name, vector, auc }) => [
      name,
      ...entries.map((other) =>
        other.vector === vector ? 1 : known(cosine(vector, other.vector)),
      ),
      known(auc),
    ]),
  };
}

function known(value: number | undefined): Cell {
  return value === undefined || Number.isNaN(value) ? text("validation.none") : value;
}
