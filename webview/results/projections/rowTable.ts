import type { RunView } from "../../../src/protocol/views/runView.ts";
import type { Cell, TableContent } from "../../components/dataTable.ts";
import type { NeuronColours } from "../../models/neurons/neuronColours.ts";
import { conditionNames, rowsAtHand, type ConditionName } from "../../models/rows.ts";
import { text } from "../../text.ts";

/**
 * One line per row of the data, both conditions below each other, with its sentence if there is one.
 * @param colours the neuron that colours the rows: it has a column of its own
 * @param cells what stands below `columns`
 */
export function rowTable(
  run: RunView,
  columns: readonly string[],
  colours: NeuronColours | undefined,
  cells: (condition: ConditionName, row: number) => readonly Cell[],
): TableContent {
  const { sentences, summary } = run;
  return {
    columns: [
      text("projections.column.row"),
      text("projections.column.condition"),
      ...columns,
      ...(colours ? [text("projections.column.neuron", { neuron: colours.neuron })] : []),
      ...(sentences ? [text("projections.column.sentence")] : []),
    ],
    rows: conditionNames.flatMap((condition) =>
      Array.from({ length: rowsAtHand(run, condition) }, (_, row) => [
        row,
        summary[condition].name,
        ...cells(condition, row),
        ...(colours ? [knownCell(colours.values[condition][row])] : []),
        ...(sentences ? [sentences[condition][row] ?? ""] : []),
      ]),
    ),
  };
}

/** A row that was never tested has no number. */
export function knownCell(value: number | null | undefined): Cell {
  return value === null || value === undefined || Number.isNaN(value)
    ? text("validation.none")
    : value;
}
