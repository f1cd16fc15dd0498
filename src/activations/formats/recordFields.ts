import { EigenlensError } from "../../errors.ts";
import { valueCount } from "../shape.ts";
import { isRecord, lookup } from "../../lookup.ts";
import type { RowBuffer, TensorInfo } from "../activationFile.ts";
import {
  assignColumns,
  countedRows,
  matrixName,
  type Column,
  type ColumnChoice,
} from "./columnRoles.ts";
import { flattenInto, nestedShape } from "./json/values.ts";
import { printable } from "../../text/printable.ts";
import { labelText } from "../../text/labelText.ts";

/** A field that holds activations: one list a record, or all plain numbers of the record together. */
export interface ValueField {
  readonly name: string;
  /** Of one row; `[columns]` or `[tokens, columns]`. */
  readonly shape: readonly number[];
  /** Of columns that make up a matrix. */
  readonly about?: Pick<TensorInfo, "columnNames" | "notes">;
  /** Writes one record's values from `start` on. */
  write(record: unknown, destination: Float64Array, start: number, describe: () => string): void;
}

/** What the records of a json lines file, or of a list of objects, hold. */
export interface RecordFields {
  readonly values: readonly ValueField[];
  /** Fields of texts and whole numbers: label vectors. */
  readonly labels: readonly string[];
}

/**
 * Tells from sample records which fields are activations and which are labels.
 * @param sample at least one parsed record: an object, or a bare list of numbers
 * @param where the file, for messages
 * @param choice which fields of plain numbers are neurons, if the user says so
 * @throws EigenlensError "usage" as {@link assignColumns}
 */
export function describeRecords(
  sample: readonly unknown[],
  where: string,
  choice?: ColumnChoice,
): RecordFields {
  const [first] = sample;
  const bare = firstShape(sample);
  if (bare !== undefined) return { values: [listField("", bare, (record) => record)], labels: [] };
  if (!isRecord(first)) return { values: [], labels: [] };
  const values: ValueField[] = [];
  const others: Column[] = [];
  for (const [name, value] of Object.entries(first)) {
    const pick = (record: unknown) => fieldOf(record, name);
    const entries = sample.map(pick);
    const shape = firstShape(entries);
    if (shape !== undefined) {
      values.push(listField(name, shape, pick));
      continue;
    }
    if (typeof value === "object" && value !== null) continue;
    const numeric =
      entries.every((entry) => typeof entry === "number" || entry === null) &&
      entries.some((entry) => entry !== null);
    const whole = numeric && entries.every((entry) => Number.isInteger(entry));
    const integral = numeric && entries.every((entry) => entry === null || Number.isInteger(entry));
    const dead = numeric && entries.every((entry) => entry === 0);
    others.push({ name, numeric, integral, whole, dead, counted: countedRows(entries) });
  }
  // Beside a list, single numbers (a score, a loss) say something of the row.
  if (values.length > 0) return { values, labels: others.map(({ name }) => name) };
  const { neurons, labels, names, notes } = assignColumns(others, where, choice);
  const nameOf = (at: number) => others[at]?.name ?? "";
  const labelNames = labels.map(nameOf);
  if (neurons.length === 0) return { values, labels: labelNames };
  const wide = wideField(matrixName(labelNames), neurons.map(nameOf));
  const about = {
    ...(names === undefined ? {} : { columnNames: names }),
    ...(notes.length === 0 ? {} : { notes }),
  };
  return { values: [{ ...wide, about }], labels: labelNames };
}

/** The shape of the first list; undefined if what is there is no list of numbers. */
function firstShape(entries: readonly unknown[]): number[] | undefined {
  const lists = entries.filter((entry) => entry !== null && entry !== undefined);
  if (!Array.isArray(lists[0])) return undefined;
  return nestedShape(lists.find((list) => !Array.isArray(list) || list.length > 0));
}

/** A field that the record has itself: `constructor` is none of a record that lacks it. */
function fieldOf(record: unknown, name: string): unknown {
  return isRecord(record) ? lookup(record, name) : undefined;
}

function listField(
  name: string,
  shape: readonly number[],
  pick: (record: unknown) => unknown,
): ValueField {
  return {
    name,
    shape,
    write(record, destination, start, describe) {
      flattenInto(pick(record), shape, destination, start, describe);
    },
  };
}

function wideField(name: string, columns: readonly string[]): ValueField {
  return {
    name,
    shape: [columns.length],
    write(record, destination, start, describe) {
      columns.forEach((column, position) => {
        const value = fieldOf(record, column);
        if (value === undefined) {
          throw new EigenlensError(
            "file-format",
            `${describe()} has no field ${printable(column)}: add it.`,
          );
        }
        flattenInto(value, [], destination, start + position, describe);
      });
    },
  };
}

/** One record's label; empty if the record lacks the field. */
export function labelOf(record: unknown, name: string): string {
  return labelText(fieldOf(record, name));
}

/**
 * Decodes one value field of some records, row by row: the first record may promise far more than the others hold.
 * @param at where the first row begins in `destination`
 * @param describe names a record, counted from 0 within `records`, for the message
 */
export function decodeRecords(
  records: readonly unknown[],
  field: ValueField,
  destination: RowBuffer,
  at: number,
  describe: (record: number) => string,
): void {
  const length = valueCount(field.shape);
  const row = new Float64Array(length);
  records.forEach((record, position) => {
    field.write(record, row, 0, () => describe(position));
    destination.set(row, at + position * length);
  });
}
