import { createHash } from "node:crypto";
import type { ReservoirDesign } from "./keptRows.ts";

/**
 * What decides whether a row is kept: the first eight bytes, big-endian, of the SHA-256 of `SEED:CONDITION:PART:ROW` in
 * UTF-8. Rows of the m least are a simple random sample without replacement (bottom-k sampling: Cohen and Kaplan 2007),
 * the same however they are divided and ordered. `eigenlens_moments.py` has the same rule.
 * @param part what the part of a job is called
 * @param row its number in the part, from 0
 */
export function rowPriority(seed: number, condition: string, part: string, row: number): bigint {
  const text = `${seed}:${condition}:${part}:${row}`;
  return createHash("sha256").update(text, "utf8").digest().readBigUInt64BE(0);
}

/**
 * Which rows of a part are kept, known before any is read.
 * @param rows n, how many the part has
 * @returns ascending numbers, min(m, n) of them
 */
export function chooseRows(
  rows: number,
  { seed, size }: ReservoirDesign,
  condition: string,
  part: string,
): number[] {
  const least = new LeastPriorities<number>(size);
  for (let row = 0; row < rows; row += 1) least.add(rowPriority(seed, condition, part, row), row);
  return least.values.sort((a, b) => a - b);
}

/** Keeps what comes with the m least priorities, in a sorted list: after n entries about m log(n / m) have entered it. */
export class LeastPriorities<Value> {
  readonly #size: number;
  readonly #kept: { readonly priority: bigint; readonly value: Value }[] = [];

  /** @param size m */
  constructor(size: number) {
    this.#size = size;
  }

  /** In no order that would say anything. */
  get values(): Value[] {
    return this.#kept.map(({ value }) => value);
  }

  add(priority: bigint, value: Value): void {
    const last = this.#kept.at(-1);
    const isFull = this.#kept.length === this.#size;
    if (this.#size === 0 || (isFull && last !== undefined && priority >= last.priority)) return;
    const after = this.#kept.findIndex((each) => each.priority > priority);
    this.#kept.splice(after < 0 ? this.#kept.length : after, 0, { priority, value });
    if (isFull) this.#kept.pop();
  }
}
