import type { ConditionName } from "../../../src/protocol/direction.ts";
import type { InspectedRows, ListedRow, OfConditions } from "../../../src/protocol/inspector.ts";
import { formatShort } from "../../../src/protocol/words/numbers.ts";
import { text } from "../../text.ts";
import type { ContentRow, InspectorContent } from "./content.ts";

/** Several rows: how many of each condition, and each with its sentence, its scores and its cluster. */
export function rowsContent({ names, component, rows, clusters }: InspectedRows): InspectorContent {
  const count = (condition: ConditionName): string =>
    `${String(rows.filter((row) => row.condition === condition).length)} ${names[condition]}`;
  return {
    title: text("inspector.rows", { count: rows.length }),
    subtitle: text("inspector.onComponent", { number: component + 1 }),
    facts: [
      { label: text("inspector.chosen"), value: `${count("target")}, ${count("reference")}` },
      ...(clusters === undefined
        ? []
        : [
            {
              label: text("inspector.clusters"),
              value: String(clusters),
              hint: text("inspector.clusters.hint"),
            },
          ]),
    ],
    rows: rows.map((row) => listedRow(row, names)),
  };
}

/** One row as the list has it. */
export function listedRow(
  { condition, row, before, differing, after, heldOut, inSample, cluster }: ListedRow,
  names: OfConditions<string>,
): ContentRow {
  const numbers = [
    ...(heldOut === undefined ? [] : [`${text("inspector.list.heldOut")} ${formatShort(heldOut)}`]),
    `${text("inspector.list.inSample")} ${formatShort(inSample)}`,
    ...(cluster === undefined ? [] : [`${text("inspector.list.cluster")} ${String(cluster + 1)}`]),
  ];
  return {
    name: text("inspector.row", { row, condition: names[condition] }),
    ...{ condition, before, differing, after },
    numbers: numbers.join(" · "),
  };
}
