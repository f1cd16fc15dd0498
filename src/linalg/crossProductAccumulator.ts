import { jobKind } from "./kernels/controlBlock.ts";
import type { KernelEngine } from "./kernels/kernelEngine.ts";
import { matrix, unfoldLowerTriangle, type Matrix } from "./matrix.ts";
import type { Products } from "./products.ts";
import { TensorflowProducts } from "./tensorflowProducts.ts";
import { WasmProducts } from "./wasmProducts.ts";

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
  const single = options.precision === "single";
  const blockRows =
    options.blockRows ??
    (products instanceof TensorflowProducts
      ? rowsPerTransfer(columns)
      : suitableBlockRows(columns, single));
  const store =
    products instanceof WasmProducts
      ? new KernelBlocks(products.kernels, columns, blockRows, single)
      : new PlainBlocks(products, columns, blockRows, single);
  return new BlockAccumulator(store, columns, blockRows);
}

/** Whole depth blocks of the kernels, about 100 ms of work, so that a cancel is noticed in time. */
function suitableBlockRows(columns: number, single: boolean): number {
  const rows = (single ? 2 ** 32 : 2 ** 31) / columns ** 2;
  return 256 * Math.min(4, Math.max(1, Math.round(rows / 256)));
}

/** Every block brings a whole sum back from the accelerator: so many rows that multiplying them takes longer. */
function rowsPerTransfer(columns: number): number {
  return Math.min(2048, Math.max(256, Math.round(2 ** 24 / columns / 256) * 256));
}

/** Where blocks and their sum are held, and who multiplies them. */
interface BlockStore {
  readonly block: Float32Array | Float64Array;
  /** Centres the current block and adds its cross product, perhaps later; turns to the other buffer. */
  add(rows: number, mean: Float64Array): void;
  /** Adds the cross product of float64 rows, `[count, columns]`. */
  addRows(rows: Float64Array, count: number): void;
  /** The sum times a factor, `[columns, columns]`, both triangles. */
  takeSum(factor: number): Matrix;
  release(): void;
}

class BlockAccumulator implements CrossProductAccumulator {
  readonly columns: number;
  readonly blockRows: number;
  readonly #store: BlockStore;
  #means: { rows: number; mean: Float64Array }[] = [];

  constructor(store: BlockStore, columns: number, blockRows: number) {
    this.#store = store;
    this.columns = columns;
    this.blockRows = blockRows;
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

/** Two blocks and the sum in the kernels' shared memory; helpers multiply one while the other is filled. */
class KernelBlocks implements BlockStore {
  readonly #kernels: KernelEngine;
  readonly #columns: number;
  readonly #single: boolean;
  readonly #blocks: [number, number];
  readonly #mean: number;
  readonly #sum: number;
  readonly #views: (Float32Array | Float64Array)[];
  #current = 0;
  #released = false;

  constructor(kernels: KernelEngine, columns: number, blockRows: number, single: boolean) {
    this.#kernels = kernels;
    this.#columns = columns;
    this.#single = single;
    const length = blockRows * columns;
    const bytes = length * (single ? 4 : 8);
    this.#sum = kernels.allocateDoubles(columns * columns);
    this.#mean = kernels.allocateDoubles(columns);
    this.#blocks = [kernels.heap.allocate(bytes), kernels.heap.allocate(bytes)];
    this.#views = this.#blocks.map((address) =>
      single ? kernels.singles(address, length) : kernels.doubles(address, length),
    );
    kernels.doubles(this.#sum, columns * columns).fill(0);
  }

  get block(): Float32Array | Float64Array {
    return this.#views[this.#current];
  }

  add(rows: number, mean: Float64Array): void {
    const kernels = this.#kernels;
    const address = this.#blocks[this.#current];
    kernels.centre(address, rows, this.#columns, this.#mean, this.#single);
    mean.set(kernels.doubles(this.#mean, this.#columns));
    kernels.start(
      this.#task(address, rows, this.#single ? jobKind.productSingle : jobKind.productDouble),
    );
    this.#current = 1 - this.#current;
  }

  addRows(rows: Float64Array, count: number): void {
    const kernels = this.#kernels;
    const address = kernels.allocateDoubles(rows.length);
    kernels.doubles(address, rows.length).set(rows);
    kernels.multiply(this.#task(address, count, jobKind.productDouble));
    kernels.heap.release(address);
  }

  takeSum(factor: number): Matrix {
    this.#kernels.finish();
    const n = this.#columns;
    const sum = matrix(n, n);
    unfoldLowerTriangle(this.#kernels.doubles(this.#sum, n * n), n, factor, sum.values);
    return sum;
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#kernels.finish();
    for (const address of [...this.#blocks, this.#mean, this.#sum]) {
      this.#kernels.heap.release(address);
    }
  }

  #task(address: number, rows: number, kind: number) {
    const n = this.#columns;
    const factor = { address, outer: 1, step: n };
    return {
      a: factor,
      b: factor,
      c: this.#sum,
      cRow: n,
      rows: n,
      columns: n,
      depth: rows,
      lower: true,
      kind,
    };
  }
}

/** One block in ordinary memory, multiplied at once by an engine without shared memory. */
class PlainBlocks implements BlockStore {
  readonly block: Float32Array | Float64Array;
  readonly #products: Products;
  readonly #columns: number;
  readonly #sum: Matrix;

  constructor(products: Products, columns: number, blockRows: number, single: boolean) {
    this.#products = products;
    this.#columns = columns;
    this.#sum = matrix(columns, columns);
    this.block = single
      ? new Float32Array(blockRows * columns)
      : new Float64Array(blockRows * columns);
  }

  add(rows: number, mean: Float64Array): void {
    const n = this.#columns;
    const values = this.block.subarray(0, rows * n);
    for (let at = 0; at < values.length; at += n) {
      for (let j = 0; j < n; j++) mean[j] += values[at + j];
    }
    for (let j = 0; j < n; j++) mean[j] /= rows;
    for (let at = 0; at < values.length; at += n) {
      for (let j = 0; j < n; j++) values[at + j] -= mean[j];
    }
    if (values instanceof Float64Array) {
      this.addRows(values, rows);
    } else if (this.#products instanceof TensorflowProducts) {
      this.#products.addSingleCrossProduct(this.#sum, values, rows);
    } else {
      this.addRows(new Float64Array(values), rows);
    }
  }

  addRows(rows: Float64Array, count: number): void {
    this.#products.addCrossProduct(this.#sum, matrix(count, this.#columns, rows));
  }

  takeSum(factor: number): Matrix {
    const { values } = this.#sum;
    unfoldLowerTriangle(values, this.#columns, factor, values);
    return this.#sum;
  }

  release(): void {
    // Ordinary memory: the collector has it.
  }
}
