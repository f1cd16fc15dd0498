import type { InspectedRow, InspectorView } from "../../src/protocol/inspector.ts";
import { formatShort } from "../../src/protocol/words/numbers.ts";
import { perRow } from "../../src/protocol/words/perRow.ts";
import type { ChosenRow } from "../../src/protocol/selection.ts";
import type { Translate } from "../translate.ts";
import type { InspectedRun } from "./inspectedRun.ts";
import { entryAt } from "../../src/lookup.ts";

/** Several rows: how many of each condition, and each with its sentence, its scores and its cluster. */
export function rowsFacts(
  run: InspectedRun,
  rows: readonly ChosenRow[],
  translate: Translate,
): InspectorView {
  const { view, component } = run;
  const count = (condition: ChosenRow["condition"]): string =>
    `${rows.filter((row) => row.condition === condition).length} ${view.summary[condition].name}`;
  return {
    title: translate("{0} rows", rows.length),
    subtitle: translate("on component {0}", component.index + 1),
    facts: [
      { label: translate("Chosen"), value: `${count("target")}, ${count("reference")}` },
      ...clustersFact(run, rows, translate),
    ],
    rows: rows.map((row) => inspectedRow(run, row, translate)),
  };
}

/** One row as the list has it: its sentence, with what differs from its counterpart, and its numbers. */
export function inspectedRow(
  { view, component }: InspectedRun,
  { condition, row }: ChosenRow,
  translate: Translate,
): InspectedRow {
  const { summary, sentences } = view;
  const values = { target: component.targetProjections, reference: component.referenceProjections };
  const scored = summary.validation?.directions[component.direction].components[component.index];
  const heldOut = perRow(summary, scored?.heldOutScores)?.[condition][row];
  const cluster = perRow(summary, summary.validation?.clusters.members)?.[condition][row];
  return {
    name: translate("Row {0} ({1})", row, summary[condition].name),
    condition,
    ...sentenceParts(sentences?.[condition][row], counterpart(view, condition, row)),
    values: [
      ...(heldOut === undefined || heldOut === null
        ? []
        : [{ label: translate("held out"), value: formatShort(heldOut) }]),
      { label: translate("in sample"), value: formatShort(entryAt(values[condition], row)) },
      ...(cluster === undefined
        ? []
        : [{ label: translate("cluster"), value: String(cluster + 1) }]),
    ],
  };
}

/** Row i of both conditions is the same sentence only if both have sentences, one for one. */
function counterpart(
  { sentences }: InspectedRun["view"],
  condition: ChosenRow["condition"],
  row: number,
): string | undefined {
  if (!sentences || sentences.target.length !== sentences.reference.length) return undefined;
  return sentences[condition === "target" ? "reference" : "target"][row];
}

/** Words with the space behind them. */
function wordsOf(sentence: string): string[] {
  return sentence.split(/(?<=\s)/u);
}

/** The words that differ from the counterpart's, between those that both begin and end with. */
export function sentenceParts(
  sentence: string | undefined,
  other: string | undefined,
): Pick<InspectedRow, "before" | "differing" | "after"> {
  if (sentence === undefined) return { before: "", differing: "", after: "" };
  if (other === undefined) return { before: sentence, differing: "", after: "" };
  const [own, others] = [wordsOf(sentence), wordsOf(other)];
  const shorter = Math.min(own.length, others.length);
  const same = (a?: string, b?: string): boolean => a?.trim() === b?.trim();
  let start = 0;
  while (start < shorter && same(own[start], others[start])) start += 1;
  let end = 0;
  while (
    end < shorter - start &&
    same(own[own.length - 1 - end], others[others.length - 1 - end])
  ) {
    end += 1;
  }
  const until = own.length - end;
  return {
    before: own.slice(0, start).join(""),
    differing: own.slice(start, until).join(""),
    after: own.slice(until).join(""),
  };
}

function clustersFact(
  { view }: InspectedRun,
  rows: readonly ChosenRow[],
  translate: Translate,
): InspectorView["facts"] {
  const members = perRow(view.summary, view.summary.validation?.clusters.members);
  if (!members) return [];
  const clusters = new Set(rows.map(({ condition, row }) => members[condition][row]));
  return [
    {
      label: translate("Clusters"),
      value: String(clusters.size),
      hint: translate("Rows of one cluster are held out together."),
    },
  ];
}
