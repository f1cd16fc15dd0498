import { directionNames } from "../../src/protocol/direction.ts";
import { mostRows, type ChosenRow, type Selection } from "../../src/protocol/selection.ts";
import { fieldsOf, isCount, isOneOf, isText } from "./fields.ts";

/** What was chosen in a panel; undefined if it is no selection. */
export function readSelection(value: unknown): Selection | undefined {
  const fields = fieldsOf(value);
  if (fields === undefined) return undefined;
  const { kind, runId, direction, index, component, neuron, condition, row } = fields;
  if (!isText(runId) || !isOneOf(directionNames, direction)) return undefined;
  const place = { runId, direction };
  switch (kind) {
    case "component":
      return isCount(index) ? { kind, ...place, index } : undefined;
    case "neuron":
      return isCount(component) && isCount(neuron)
        ? { kind, ...place, component, neuron }
        : undefined;
    case "row":
      return isCount(component) && isCount(row) && isOneOf(["target", "reference"], condition)
        ? { kind, ...place, component, condition, row }
        : undefined;
    case "rows": {
      const rows = readRows(fields["rows"]);
      return isCount(component) && rows ? { kind, ...place, component, rows } : undefined;
    }
    default:
      return undefined;
  }
}

function readRows(value: unknown): ChosenRow[] | undefined {
  if (!Array.isArray(value) || value.length < 2 || value.length > mostRows) return undefined;
  const rows = value.map(readRow).filter((row) => row !== undefined);
  return rows.length === value.length ? rows : undefined;
}

function readRow(value: unknown): ChosenRow | undefined {
  const { condition, row } = fieldsOf(value) ?? {};
  return isCount(row) && isOneOf(["target", "reference"], condition)
    ? { condition, row }
    : undefined;
}
