import type { KernelEngine, ProductTask } from "./kernels/kernelEngine.ts";
import { matrix, mirrorLowerTriangle, type Matrix } from "./matrix.ts";
import type { SymmetricOperator } from "./partialEigen/symmetricOperator.ts";
import type { WasmProducts } from "./wasmProducts.ts";

/**
 * Rows Z, `[N, D]`, held in the kernels' shared memory, so that products with them copy nothing; at once
 * the operator `Z'Z`, which is never formed.
 */
export class KernelRows implements SymmetricOperator {
  readonly products: WasmProducts;
  /** D */
  readonly order: number;
  /** `[N, D]`, to be filled; it must not be touched after {@link release}. */
  readonly rows: Matrix;
  readonly #kernels: KernelEngine;
  readonly #address: number;
  /** `[count, N]`, between the two products of {@link apply}; grows to the largest count seen. */
  #between: { address: number; length: number } | undefined;
  #released = false;

  /** @throws EigenlensError "memory" where the rows do not fit */
  constructor(products: WasmProducts, rows: number, columns: number) {
    const { kernels } = products;
    this.products = products;
    this.#kernels = kernels;
    this.order = columns;
    this.#address = kernels.allocateDoubles(rows * columns);
    this.rows = matrix(rows, columns, kernels.doubles(this.#address, rows * columns));
  }

  /** `Y := X Z'Z` */
  apply(source: number, count: number, destination: number): void {
    const { rows, columns } = this.rows;
    const between = this.#roomBetween(count * rows);
    this.#multiply({
      a: { address: source, outer: columns, step: 1 },
      b: { address: this.#address, outer: columns, step: 1 },
      c: between,
      cRow: rows,
      rows: count,
      columns: rows,
      depth: columns,
    });
    this.#multiply({
      a: { address: between, outer: rows, step: 1 },
      b: { address: this.#address, outer: 1, step: columns },
      c: destination,
      cRow: columns,
      rows: count,
      columns,
      depth: rows,
    });
  }

  /**
   * `Z X'`: the rows on some directions.
   * @param directions X, `[m, D]`
   * @returns `[N, m]`
   */
  project(directions: Matrix): Matrix {
    const { rows, columns } = this.rows;
    return this.#withCopy(directions, rows, directions.rows, (address) => ({
      a: { address: this.#address, outer: columns, step: 1 },
      b: { address, outer: columns, step: 1 },
      depth: columns,
    }));
  }

  /**
   * `W Z` over some of the rows.
   * @param weights W, `[m, stop - start]`
   * @returns `[m, D]`
   */
  combine(weights: Matrix, start: number, stop: number): Matrix {
    const { columns } = this.rows;
    return this.#withCopy(weights, weights.rows, columns, (address) => ({
      a: { address, outer: stop - start, step: 1 },
      b: { address: this.#address + 8 * start * columns, outer: 1, step: columns },
      depth: stop - start,
    }));
  }

  /** `Z'Z` over some of the rows, `[D, D]`, both triangles. */
  crossProduct(start: number, stop: number): Matrix {
    const { columns } = this.rows;
    const address = this.#kernels.allocateDoubles(columns * columns);
    try {
      const factor = {
        address: this.#address + 8 * start * columns,
        outer: 1,
        step: columns,
      };
      this.#multiply({
        a: factor,
        b: factor,
        c: address,
        cRow: columns,
        rows: columns,
        columns,
        depth: stop - start,
        lower: true,
      });
      const product = matrix(
        columns,
        columns,
        this.#kernels.doubles(address, columns ** 2).slice(),
      );
      mirrorLowerTriangle(product);
      return product;
    } finally {
      this.#kernels.heap.release(address);
    }
  }

  /** Frees the rows; idempotent. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#kernels.heap.release(this.#address);
    if (this.#between !== undefined) this.#kernels.heap.release(this.#between.address);
  }

  #roomBetween(length: number): number {
    if (this.#between === undefined || this.#between.length < length) {
      if (this.#between !== undefined) this.#kernels.heap.release(this.#between.address);
      this.#between = { address: this.#kernels.allocateDoubles(length), length };
    }
    return this.#between.address;
  }

  /** A product of the rows with a matrix of ordinary memory. */
  #withCopy(
    operand: Matrix,
    rows: number,
    columns: number,
    factors: (address: number) => Pick<ProductTask, "a" | "b" | "depth">,
  ): Matrix {
    const address = this.#kernels.allocateDoubles(Math.max(1, operand.values.length));
    const c = this.#kernels.allocateDoubles(Math.max(1, rows * columns));
    try {
      this.#kernels.doubles(address, operand.values.length).set(operand.values);
      this.#multiply({ ...factors(address), c, cRow: columns, rows, columns });
      return matrix(rows, columns, this.#kernels.doubles(c, rows * columns).slice());
    } finally {
      this.#kernels.heap.release(address);
      this.#kernels.heap.release(c);
    }
  }

  #multiply(task: ProductTask): void {
    this.#kernels.multiply({ ...task, overwrite: true });
  }
}
