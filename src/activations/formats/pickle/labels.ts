import type { RowBuffer } from "../../activationFile.ts";
import { scalarOf } from "./numpyDtype.ts";
import type { PickleValue } from "./values.ts";

type Scalar = null | boolean | number | bigint | string;

/**
 * A list of texts, of whole numbers or of booleans, as one label a row in Python's spelling (`True`, `None`, `7`);
 * missing ones are `None`. Undefined if the list holds anything else.
 * @param mixed whether texts and numbers may stand side by side, as in object arrays
 */
export function labelsOf(items: readonly PickleValue[], mixed: boolean): string[] | undefined {
  let kind: string | undefined;
  const labels: string[] = [];
  for (const item of items) {
    const value = scalarOf(item);
    const own = value === undefined ? undefined : kindOf(value);
    if (value === undefined || own === undefined) return undefined;
    if (own !== "none") {
      if (!mixed && kind !== undefined && kind !== own) return undefined;
      kind ??= own;
    }
    labels.push(labelText(value));
  }
  return kind === undefined ? undefined : labels;
}

/** A whole float is no label in a list: it would hide a vector of numbers. Not a number is pandas' missing text. */
function kindOf(value: Scalar): string | undefined {
  if (value === null || Number.isNaN(value)) return "none";
  if (typeof value === "string") return "text";
  if (typeof value === "number" && !Number.isInteger(value)) return undefined;
  return "whole";
}

function labelText(value: Scalar): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return Number.isNaN(value) ? "nan" : String(value);
}

/** Whether a list holds numbers only, whole or not, plain or numpy's, and at least one. */
export function areNumbers(items: readonly PickleValue[]): boolean {
  return items.length > 0 && items.every((item) => numberOf(item) !== undefined);
}

/** @param destination as long as `items`, of which each is a number */
export function copyNumbers(items: readonly PickleValue[], destination: RowBuffer): void {
  items.forEach((item, index) => {
    destination[index] = numberOf(item) ?? Number.NaN;
  });
}

function numberOf(item: PickleValue): number | undefined {
  const value = scalarOf(item);
  if (typeof value === "boolean" || typeof value === "bigint") return Number(value);
  return typeof value === "number" ? value : undefined;
}
