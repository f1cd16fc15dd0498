import type { RowBuffer } from "../activations/activationFile.ts";
import { EigenlensError } from "../errors.ts";

/** What a scan for NaN and infinities found. */
export class NonFiniteScan {
  #nan = 0;
  #infinite = 0;
  #firstNan: string | undefined;
  #firstInfinite: string | undefined;

  get count(): number {
    return this.#nan + this.#infinite;
  }

  /** @param rowOf the row number, as the file counts, of the buffer's row */
  add(values: RowBuffer, columns: number, rowOf: (row: number) => number): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      if (Number.isFinite(value)) continue;
      const at = `row ${rowOf(Math.floor(i / columns))}, column ${i % columns}`;
      if (Number.isNaN(value)) {
        this.#nan++;
        this.#firstNan ??= `NaN at ${at}`;
      } else {
        this.#infinite++;
        this.#firstInfinite ??= `${value > 0 ? "Infinity" : "-Infinity"} at ${at}`;
      }
    }
  }

  error(where: string, total: number): EigenlensError {
    const first = [this.#firstNan, this.#firstInfinite].filter((text) => text !== undefined);
    return new EigenlensError(
      "condition",
      `${where}: ${this.count} of ${total} values ${this.count === 1 ? "is" : "are"} not finite (${this.#nan} NaN, ${this.#infinite} infinite; first ${first.join("; ")}, counted from 0): remove these rows or columns, or replace the values.`,
    );
  }
}

/**
 * Whether all values are finite. `0 * x` is 0 for every finite x and NaN otherwise, so that one running sum
 * without a branch tells.
 */
export function areFinite(values: RowBuffer): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += 0 * (values[i] as number);
  return sum === 0;
}
