import type { BlockOptions, BlockStore } from "../capabilities.ts";
import { matrix, unfoldLowerTriangle, type Matrix } from "../matrix.ts";
import type { Products } from "../products.ts";
import { suitableBlockRows } from "./suitableBlockRows.ts";

/** The products that a sum of plain blocks needs. */
interface PlainBlockProducts extends Pick<Products, "addCrossProduct"> {
  /**
   * As {@link addCrossProduct} for float32 rows, multiplied in float32 and added in float64.
   * @param rows `[count, columns]`; a few hundred rows at a time keep float32's rounding small
   */
  addSingleCrossProduct?(sum: Matrix, rows: Float32Array, count: number): void;
}

/** One block in ordinary memory, multiplied at once by an engine without shared memory. */
export class PlainBlocks implements BlockStore {
  readonly block: Float32Array | Float64Array;
  readonly blockRows: number;
  readonly #products: PlainBlockProducts;
  readonly #columns: number;
  readonly #sum: Matrix;

  constructor(products: PlainBlockProducts, columns: number, options: BlockOptions) {
    const { single, blockRows = suitableBlockRows(columns, single) } = options;
    this.blockRows = blockRows;
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
    } else if (this.#products.addSingleCrossProduct !== undefined) {
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
