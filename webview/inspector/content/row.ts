import type { InspectedRow } from "../../../src/protocol/inspector.ts";
import { formatShort } from "../../../src/protocol/words/numbers.ts";
import { text } from "../../text.ts";
import type { InspectorContent, InspectorFact } from "./content.ts";
import { listedRow } from "./rows.ts";

/** Where one sentence (or row) lies on a component, among its condition and beside its counterpart. */
export function rowContent(shown: InspectedRow): InspectorContent {
  const { names, row, rows, deviation, rank, distanceRank, projections } = shown;
  const number = shown.component + 1;
  const condition = names[row.condition];
  return {
    title: text("inspector.row", { row: row.row, condition }),
    subtitle: shown.sentence ?? text("inspector.onComponent", { number }),
    facts: [
      {
        label: text("inspector.projection", { number }),
        value: formatShort(row.inSample),
        hint: text("inspector.projection.hint"),
      },
      {
        label: text("inspector.distance"),
        value:
          deviation === 0
            ? text("inspector.distance.none")
            : text("inspector.distance.value", { value: formatShort(row.inSample / deviation) }),
        hint: text("inspector.distance.hint", { rows, condition }),
      },
      {
        label: text("inspector.place"),
        value: text("inspector.place.value", { rank, rows, distanceRank }),
        hint: text("inspector.place.hint"),
      },
      ...counterpartFact(shown),
      ...strongestFact(shown),
    ],
    rows: [listedRow(row, names)],
    chart: {
      kind: "strips",
      title: text("inspector.projections", { number }),
      target: { name: names.target, values: projections.target },
      reference: { name: names.reference, values: projections.reference },
      marked: row.inSample,
    },
  };
}

function counterpartFact({ counterpart, names, row }: InspectedRow): InspectorFact[] {
  if (counterpart === undefined) return [];
  const condition = names[row.condition === "target" ? "reference" : "target"];
  return [
    {
      label: text("inspector.counterpart", { condition }),
      value: formatShort(counterpart.value),
      hint: counterpart.sentence,
    },
  ];
}

function strongestFact({ strongest }: InspectedRow): InspectorFact[] {
  if (strongest === undefined) return [];
  return [
    {
      label: text("inspector.strongest"),
      value: text("inspector.strongest.value", {
        number: strongest.index + 1,
        score: formatShort(strongest.score),
      }),
      hint: text("inspector.strongest.hint", { count: strongest.among }),
    },
  ];
}
