import type { Condition } from "../conditions/condition.ts";
import { subtractOrigin } from "../ged/full/moments/covarianceMoments.ts";
import { rowsPerBlock } from "../ged/full/rowBlocks.ts";
import { startRowProgress } from "../ged/full/rowProgress.ts";
import type { RunContext } from "../ged/method/context.ts";
import {
  createCrossProductAccumulator,
  type CrossProductAccumulator,
  type Scatter,
} from "../linalg/crossProductAccumulator.ts";
import { addScatter, emptyScatter } from "../linalg/scatters.ts";
import type { ConditionSums } from "./writeMoments.ts";

/**
 * Streams a condition once and sums its moments in float64, per fold and in all; memory is bounded by one D x D matrix
 * per fold, whatever the number of rows.
 * @param partOf the fold of each row, or the group of its cluster if there are groups, [rows]; undefined if there are
 *   no folds
 * @param counts how many folds and groups there are; group g lies in fold g modulo the number of folds
 * @param chosen ascending numbers of the rows to keep as they are
 * @throws EigenlensError as {@link Condition.readRows} does; "memory"; CancelledError
 */
export async function sumRows(
  condition: Condition,
  partOf: Int32Array | undefined,
  { folds, groups }: { readonly folds: number; readonly groups: number },
  context: RunContext,
  chosen?: readonly number[],
): Promise<ConditionSums> {
  const { columns, rows, name } = condition;
  const sample = chosen === undefined ? undefined : new Sample(chosen, columns);
  const kept = sample === undefined ? {} : { kept: sample.values };
  const progress = startRowProgress(rows, context);
  const sums: FoldSum[] = [];
  try {
    for (let part = 0; part < Math.max(1, folds, groups); part += 1)
      sums.push(new FoldSum(columns, context));
    const step = rowsPerBlock(columns);
    const block = new Float64Array(Math.min(step, rows) * columns);
    let origin: Float64Array | undefined;
    for (let start = 0; start < rows; start += step) {
      const count = Math.min(step, rows - start);
      const values = block.subarray(0, count * columns);
      await condition.readRows(start, start + count, values);
      sample?.take(start, count, values);
      origin = subtractOrigin(values, count, columns, origin);
      for (let i = 0; i < count; i += 1) {
        sums[partOf?.[start + i] ?? 0].add(values.subarray(i * columns, (i + 1) * columns));
      }
      progress(name, count);
    }
    const shift = origin ?? new Float64Array(columns);
    const parts = sums.map((sum) => sum.finish(shift));
    if (folds === 0) return { total: parts[0], folds: [], ...kept };
    let total = emptyScatter(columns);
    if (groups === 0) {
      for (const part of parts) total = addScatter(total, part);
      return { total, folds: parts, ...kept };
    }
    const inFolds: Scatter[] = [];
    for (let fold = 0; fold < folds; fold += 1) {
      let sum = emptyScatter(columns);
      for (let group = fold; group < groups; group += folds) sum = addScatter(sum, parts[group]);
      inFolds.push(sum);
      total = addScatter(total, sum);
    }
    return { total, folds: inFolds, groups: parts, ...kept };
  } finally {
    for (const sum of sums) sum.release();
  }
}

/** Rows that are kept as they are, taken from the blocks that pass by. */
class Sample {
  /** [m, D] */
  readonly values: Float64Array;
  readonly #chosen: readonly number[];
  readonly #columns: number;
  #taken = 0;

  constructor(chosen: readonly number[], columns: number) {
    this.#chosen = chosen;
    this.#columns = columns;
    this.values = new Float64Array(chosen.length * columns);
  }

  /** @param block rows `start` to `start + count`, as they were read */
  take(start: number, count: number, block: Float64Array): void {
    const columns = this.#columns;
    for (;;) {
      const row = this.#chosen[this.#taken] ?? Infinity;
      if (row >= start + count) return;
      const own = block.subarray((row - start) * columns, (row - start + 1) * columns);
      this.values.set(own, this.#taken * columns);
      this.#taken += 1;
    }
  }
}

/** One fold's rows, on their way into an accumulator's blocks. */
class FoldSum {
  readonly #accumulator: CrossProductAccumulator;
  #filled = 0;

  constructor(columns: number, { products }: RunContext) {
    this.#accumulator = createCrossProductAccumulator(products, columns);
  }

  add(row: Float64Array): void {
    const { block, blockRows, columns } = this.#accumulator;
    block.set(row, this.#filled * columns);
    this.#filled += 1;
    if (this.#filled < blockRows) return;
    this.#accumulator.add(this.#filled);
    this.#filled = 0;
  }

  /** @param shift what was taken off every row, [D] */
  finish(shift: Float64Array): Scatter {
    this.#accumulator.add(this.#filled);
    const { rows, mean, scatter } = this.#accumulator.finish();
    if (rows > 0) for (let j = 0; j < shift.length; j += 1) mean[j] += shift[j];
    return { rows, mean, scatter };
  }

  release(): void {
    this.#accumulator.release();
  }
}
