import { PlainBlocks } from "./blocks/plainBlocks.ts";
import type { BlockStore } from "./capabilities.ts";
import type { Matrix } from "./matrix.ts";
import type { Products } from "./products.ts";

/** Count, mean and centred second moment of a stream of rows. */
export interface Scatter {
  /** n */
  readonly rows: number;
  /** `[D]` */
  readonly mean: Float64Array;
  /**
   * `sum (x - mean)(x - mean)'`, `[D, D]`, both triangles filled; divided by `n - ddof`, and so a covariance,
   * where {@link CrossProductAccumulator.finish} was given it.
   */
  readonly scatter: Matrix;
}

/**
 * Takes rows block by block: fill {@link block}, call {@link add}, fill the next block while helper threads
 * still multiply the last one. Each block is centred by its own mean and the blocks' means are merged by
 * the formula of Chan, Golub and LeVeque (1983), so nothing cancels however far the data lie from zero.
 */
export interface CrossProductAccumulator {
  readonly columns: number;
  /** Rows that one block holds. */
  readonly blockRows: number;
  /** `[blockRows, columns]` to be filled from the start; another buffer after each {@link add}. */
  readonly block: Float32Array | Float64Array;
  /** Takes the first `rows` rows of {@link block}, which is overwritten. */
  add(rows: number): void;
  /**
   * What all rows came to; the accumulator then holds no memory and must not be used again.
   * @param ddof divides the scatter by n - ddof
   */
  finish(ddof?: number): Scatter;
  /** Frees the memory without a result (a run that failed or was cancelled); idempotent. */
  release(): void;
}

export interface AccumulatorOptions {
  /**
   * `single`: float32 blocks and products, float64 sums every 256 rows. `double` (default): float64
   * throughout.
   */
  readonly precision?: "double" | "single";
  readonly blockRows?: number;
}

/** Block means that are kept before they are merged into one. */
const meansKept = 256;

/** An accumulator on the engine's threads and memory, or over its products where it has no shared memory. */
export function createCrossProductAccumulator(
  products: Products,
  columns: number,
  options: AccumulatorOptions = {},
): CrossProductAccumulator {
  const { precision, blockRows } = options;
  const blocks = {
    single: precision === "single",
    ...(blockRows === undefined ? {} : { blockRows }),
  };
  const store =
    products.openBlocks?.(columns, blocks) ?? new PlainBlocks(products, columns, blocks);
  return new BlockAccumulator(store, columns);
}

class BlockAccumulator implements CrossProductAccumulator {
  readonly columns: number;
  readonly #store: BlockStore;
  #means: { rows: number; mean: Float64Array }[] = [];

  constructor(store: BlockStore, columns: number) {
    this.#store = store;
    this.columns = columns;
  }

  get blockRows(): number {
    return this.#store.blockRows;
  }

  get block(): Float32Array | Float64Array {
    return this.#store.block;
  }

  add(rows: number): void {
    if (!(Number.isInteger(rows) && rows >= 0 && rows <= this.blockRows)) {
      throw new RangeError(`A block holds 0 to ${this.blockRows} rows, not ${rows}.`);
    }
    if (rows === 0) return;
    const mean = new Float64Array(this.columns);
    this.#store.add(rows, mean);
    this.#means.push({ rows, mean });
    if (this.#means.length === meansKept) this.#mergeMeans();
  }

  finish(ddof?: number): Scatter {
    this.#mergeMeans();
    const total = this.#means[0] ?? { rows: 0, mean: new Float64Array(this.columns) };
    const factor = ddof === undefined ? 1 : 1 / (total.rows - ddof);
    const scatter = this.#store.takeSum(factor);
    this.#store.release();
    return { rows: total.rows, mean: total.mean, scatter };
  }

  release(): void {
    this.#store.release();
  }

  /** Adds what lies between the blocks, `sum n_b (m_b - m)(m_b - m)'`, and keeps their common mean m. */
  #mergeMeans(): void {
    const parts = this.#means;
    if (parts.length < 2) return;
    const n = this.columns;
    // About the first part's mean, so that columns in which no part differs stay without variance.
    const [{ mean: first }] = parts;
    const mean = first.slice();
    let rows = 0;
    for (const part of parts) rows += part.rows;
    for (const part of parts) {
      const share = part.rows / rows;
      for (let j = 0; j < n; j++) mean[j] += share * (part.mean[j] - first[j]);
    }
    const between = new Float64Array(parts.length * n);
    parts.forEach((part, b) => {
      const weight = Math.sqrt(part.rows);
      for (let j = 0; j < n; j++) between[b * n + j] = weight * (part.mean[j] - mean[j]);
    });
    this.#store.addRows(between, parts.length);
    this.#means = [{ rows, mean }];
  }
}
