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
 * Whether all values are finite. `0 * x` is 0 for every finite x and NaN otherwise, so that running sums
 * without a branch tell; there are four, so that none waits for the other.
 */
export function areFinite(values: RowBuffer): boolean {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const whole = values.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    first += 0 * (values[i] as number);
    second += 0 * (values[i + 1] as number);
    third += 0 * (values[i + 2] as number);
    fourth += 0 * (values[i + 3] as number);
  }
  for (let i = whole; i < values.length; i++) first += 0 * (values[i] as number);
  return first + second + third + fourth === 0;
}
