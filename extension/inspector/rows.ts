import { entryAt } from "../../src/lookup.ts";
import type { InspectedRows, ListedRow } from "../../src/protocol/inspector.ts";
import type { ChosenRow } from "../../src/protocol/selection.ts";
import { perRow } from "../../src/protocol/words/perRow.ts";
import type { InspectedRun } from "./inspectedRun.ts";
import { namesOf } from "./names.ts";
import { sentenceParts } from "./sentenceParts.ts";

/** Several rows, each with its sentence, its scores and its cluster. */
export function inspectRows(run: InspectedRun, rows: readonly ChosenRow[]): InspectedRows {
  const { view, component } = run;
  const listed = rows.map((row) => listRow(run, row));
  const clusters = new Set(listed.flatMap(({ cluster }) => (cluster === undefined ? [] : cluster)));
  return {
    kind: "rows",
    names: namesOf(view.summary),
    component: component.index,
    rows: listed,
    ...(clusters.size === 0 ? {} : { clusters: clusters.size }),
  };
}

/** One row as the list has it: its sentence, with what differs from its counterpart, and its numbers. */
export function listRow(
  { view, component }: InspectedRun,
  { condition, row }: ChosenRow,
): ListedRow {
  const { summary, sentences } = view;
  const values = { target: component.targetProjections, reference: component.referenceProjections };
  const scored = summary.validation?.directions[component.direction].components[component.index];
  const heldOut = perRow(summary, scored?.heldOutScores)?.[condition][row];
  const cluster = perRow(summary, summary.validation?.clusters.members)?.[condition][row];
  return {
    condition,
    row,
    ...sentenceParts(sentences?.[condition][row], counterpartOf(view, condition, row)),
    ...(heldOut === undefined || heldOut === null ? {} : { heldOut }),
    inSample: entryAt(values[condition], row),
    ...(cluster === undefined ? {} : { cluster }),
  };
}

/** Row i of both conditions is the same sentence only if both have sentences, one for one. */
export function counterpartOf(
  { summary, sentences }: InspectedRun["view"],
  condition: ChosenRow["condition"],
  row: number,
): string | undefined {
  // Rows that were drawn at random have none.
  if (summary.atHand !== undefined) return undefined;
  if (!sentences || sentences.target.length !== sentences.reference.length) return undefined;
  return sentences[condition === "target" ? "reference" : "target"][row];
}
