import { EigenlensError } from "../../errors.ts";
import { valueCount } from "../shape.ts";
import { holdsActivations, matrixName } from "./columnRoles.ts";
import { flattenInto, isRecord, nestedShape } from "./jsonValues.ts";
import { printable } from "../../text/printable.ts";

/** A field that holds activations: one list a record, or all plain numbers of the record together. */
export interface ValueField {
  readonly name: string;
  /** Of one row; `[columns]` or `[tokens, columns]`. */
  readonly shape: readonly number[];
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
 */
export function describeRecords(sample: readonly unknown[]): RecordFields {
  const [first] = sample;
  const bare = nestedShape(first);
  if (bare !== undefined) return { values: [listField("", bare, (record) => record)], labels: [] };
  if (!isRecord(first)) return { values: [], labels: [] };
  const values: ValueField[] = [];
  const labels: string[] = [];
  const numbers: string[] = [];
  for (const [name, value] of Object.entries(first)) {
    const shape = nestedShape(value);
    if (shape !== undefined) {
      values.push(
        listField(name, shape, (record) => (isRecord(record) ? record[name] : undefined)),
      );
      continue;
    }
    const entries = sample.map((record) => (isRecord(record) ? record[name] : undefined));
    const numeric = entries.every((entry) => typeof entry === "number" || entry === null);
    const integral = numeric && entries.every((entry) => Number.isInteger(entry));
    if (holdsActivations({ name, numeric, integral })) numbers.push(name);
    else if (typeof value !== "object" || value === null) labels.push(name);
  }
  // Beside a list, single numbers (a score, a loss) say something of the row.
  if (values.length > 0) labels.push(...numbers);
  else if (numbers.length > 0) values.push(wideField(matrixName(labels), numbers));
  return { values, labels };
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
        const value = isRecord(record) ? record[column] : undefined;
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

/** One record's label; empty where the record lacks the field. */
export function labelOf(record: unknown, name: string): string {
  const value = isRecord(record) ? record[name] : undefined;
  return value === undefined || value === null ? "" : String(value);
}

/** Decodes one value field of some records. */
export function decodeRecords(
  records: readonly unknown[],
  field: ValueField,
  describe: (record: number) => string,
): Float64Array {
  const length = valueCount(field.shape);
  const values = new Float64Array(records.length * length);
  records.forEach((record, position) => {
    field.write(record, values, position * length, () => describe(position));
  });
  return values;
}
