import { EigenlensError } from "../../errors.ts";

/**
 * The refusal of a row whose list is missing, or lacks a value.
 * @param where the tensor and row, as in "him.parquet, tensor acts, row 3"
 * @param position within the row; empty for the whole row
 */
export function missingValue(where: string, position: readonly number[] = []): EigenlensError {
  const what = position.length === 0 ? "no value" : `no value at [${position.join(", ")}]`;
  return new EigenlensError(
    "file-format",
    `${where} has ${what} (null): fill it in or drop the row.`,
  );
}

/**
 * The refusal of a row whose list has another length than those before.
 * @param where as for {@link missingValue}
 * @param shape what is expected of the list and below: `[tokens, columns]`, or `[columns]`
 * @param found its length
 */
export function raggedList(where: string, shape: readonly number[], found: number): EigenlensError {
  const [what, cure] =
    shape.length > 1
      ? ["lists (tokens)", "pad all rows to one number of them, or save one vector a row"]
      : ["values", "all rows must have the same length; correct it or drop the row"];
  return new EigenlensError(
    "file-format",
    `${where} has ${found} ${what}, the first row ${shape[0]}: ${cure}.`,
  );
}
