import { EigenlensError } from "../errors.ts";
import type { Condition } from "./condition.ts";
import { printable } from "../text/printable.ts";

/** What headers say of a condition. */
type Described = Pick<Condition, "rows" | "columns" | "source" | "provenance">;

/** Equally many rows of different width, more of them than columns: perhaps rows and columns are the other way round. */
function areTurned(target: Described, reference: Described): boolean {
  const isPlain = [target, reference].every(
    ({ source, rows, columns }) => source.axes === undefined && rows > columns,
  );
  return isPlain && target.rows === reference.rows;
}

/**
 * Whether two conditions can be set against each other, from what their headers say.
 * @throws EigenlensError "condition" if the widths differ or both are the same rows of the same tensor
 */
export function checkComparable(target: Described, reference: Described): void {
  if (target.columns !== reference.columns) {
    throw new EigenlensError(
      "condition",
      `${describe(target)} has ${target.columns} columns, ${describe(reference)} has ${reference.columns}: both conditions must be recorded at the same layer of the same model${areTurned(target, reference) ? `; if its ${target.rows} rows are the neurons, write [axes=neuron:row]` : ""}.`,
      {
        detail: {
          path: reference.provenance.path,
          tensor: reference.provenance.tensor,
          found: `${reference.columns}`,
          wanted: `${target.columns}`,
          ...(areTurned(target, reference) ? { remedy: { kind: "transpose" } } : {}),
        },
      },
    );
  }
  if (selection(target) === selection(reference)) {
    throw new EigenlensError(
      "condition",
      `Target and reference are the same rows of ${describe(target)}: choose two different conditions.`,
    );
  }
}

/**
 * Whether two conditions hold different values; they are read side by side up to the first difference, which
 * is mostly in the first block.
 * @throws EigenlensError "condition" if every value is the same
 */
export async function checkDistinct(target: Condition, reference: Condition): Promise<void> {
  if (target.rows !== reference.rows || target.columns !== reference.columns) return;
  const { rows, columns } = target;
  const block = Math.max(1, Math.floor(2 ** 18 / columns));
  for (let start = 0; start < rows; start += block) {
    const stop = Math.min(rows, start + block);
    const first = new Float64Array((stop - start) * columns);
    const second = new Float64Array(first.length);
    await target.readRows(start, stop, first);
    await reference.readRows(start, stop, second);
    if (first.some((value, position) => value !== second[position])) return;
  }
  throw new EigenlensError(
    "condition",
    `${describe(target)} and ${describe(reference)} hold identical activations (all ${rows} x ${columns} values): choose two different conditions.`,
  );
}

function describe({ provenance }: Described): string {
  const { path, tensor } = provenance;
  return tensor === "" ? path : `${path}#${printable(tensor)}`;
}

/** The source without what it is called, in a form that can be compared. */
function selection({ source }: Described): string {
  const entries = Object.entries({ ...source, name: undefined });
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
