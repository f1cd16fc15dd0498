import type {
  EigenDecomposition,
  HeldRows,
  PartialEigenRefusal,
  WantedPairs,
} from "../capabilities.ts";
import { KernelMatrix } from "./kernelMatrix.ts";
import type { KernelProducts } from "./kernelProducts.ts";
import type { KernelEngine, ProductTask } from "../kernels/kernelEngine.ts";
import { leadingRows, matrix, mirrorLowerTriangle, type Matrix } from "../matrix.ts";
import { partialOperatorEigen } from "../partialEigen/partialOperatorEigen.ts";
import type { PartialEigen } from "../partialEigen/partialSearch.ts";
import type { SymmetricOperator } from "../partialEigen/symmetricOperator.ts";

/**
 * Rows Z, `[N, D]`, held in the kernels' shared memory, so that products with them copy nothing; at once
 * the operator `Z'Z`, which is never formed.
 */
export class KernelRows implements HeldRows, SymmetricOperator {
  readonly #products: KernelProducts;
  /** D */
  readonly order: number;
  readonly rows: Matrix;
  readonly #kernels: KernelEngine;
  readonly #held: KernelMatrix;
  /** `X Z'` of every {@link apply} since {@link forget}, `[count, N]` each. */
  #images: { readonly address: number; readonly count: number }[] = [];
  /** What {@link leadingEigenpairs} last found. */
  #found: PartialEigen | undefined;

  /** @throws EigenlensError "memory" if the rows do not fit */
  constructor(products: KernelProducts, rows: number, columns: number) {
    const { kernels } = products;
    this.#products = products;
    this.#kernels = kernels;
    this.order = columns;
    this.#held = new KernelMatrix(kernels, rows, columns);
    this.rows = this.#held.matrix;
  }

  leadingEigenpairs(trace: number, wanted: WantedPairs): EigenDecomposition | PartialEigenRefusal {
    this.forget();
    const found = partialOperatorEigen(this, trace, { products: this.#products, ...wanted });
    if ("refused" in found) this.forget();
    else this.#found = found;
    return found;
  }

  scores(count: number): Matrix {
    const found = this.#found;
    if (found === undefined) throw new Error("Scores were asked for before eigenpairs were found.");
    const scores =
      found.coefficients === undefined
        ? this.project(leadingRows(found.vectors, count))
        : this.projectApplied(leadingRows(found.coefficients, count));
    this.forget();
    return scores;
  }

  /** `Y := X Z'Z`; `X Z'` is remembered for {@link projectApplied}. */
  apply(source: number, count: number, destination: number): void {
    const { rows, columns } = this.rows;
    const between = this.#kernels.allocateDoubles(count * rows);
    this.#images.push({ address: between, count });
    this.#multiply({
      a: { address: source, outer: columns, step: 1 },
      b: { address: this.#held.address, outer: columns, step: 1 },
      c: between,
      cRow: rows,
      rows: count,
      columns: rows,
      depth: columns,
    });
    this.#multiply({
      a: { address: between, outer: rows, step: 1 },
      b: { address: this.#held.address, outer: 1, step: columns },
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
    return this.#withCopy(directions, rows, directions.rows, (address, c) =>
      this.#multiply({
        a: { address: this.#held.address, outer: columns, step: 1 },
        b: { address, outer: columns, step: 1 },
        c,
        cRow: directions.rows,
        rows,
        columns: directions.rows,
        depth: columns,
      }),
    );
  }

  /** Frees what {@link apply} remembers. */
  forget(): void {
    for (const { address } of this.#images) this.#kernels.heap.release(address);
    this.#images = [];
    this.#found = undefined;
  }

  /**
   * `Z (S X)'`: the rows on combinations of all the X that {@link apply} was given since {@link forget}, in
   * that order, without another product with the rows.
   * @param coefficients S, `[m, n]`, n the sum of all counts
   * @returns `[N, m]`
   */
  projectApplied(coefficients: Matrix): Matrix {
    const { rows } = this.rows;
    const m = coefficients.rows;
    return this.#withCopy(coefficients, rows, m, (address, c) => {
      let first = 0;
      for (const image of this.#images) {
        this.#kernels.multiply({
          a: { address: image.address, outer: 1, step: rows },
          b: { address: address + 8 * first, outer: coefficients.columns, step: 1 },
          c,
          cRow: m,
          rows,
          columns: m,
          depth: image.count,
          overwrite: first === 0,
        });
        first += image.count;
      }
      if (first !== coefficients.columns) {
        throw new RangeError(`${first} vectors were applied, not ${coefficients.columns}.`);
      }
    });
  }

  combine(weights: Matrix, start: number, stop: number): Matrix {
    const { columns } = this.rows;
    return this.#withCopy(weights, weights.rows, columns, (address, c) =>
      this.#multiply({
        a: { address, outer: stop - start, step: 1 },
        b: { address: this.#held.address + 8 * start * columns, outer: 1, step: columns },
        c,
        cRow: columns,
        rows: weights.rows,
        columns,
        depth: stop - start,
      }),
    );
  }

  crossProduct(start: number, stop: number): Matrix {
    const { columns } = this.rows;
    const address = this.#kernels.allocateDoubles(columns * columns);
    try {
      const factor = {
        address: this.#held.address + 8 * start * columns,
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

  release(): void {
    this.#held.release();
    this.forget();
  }

  /**
   * A product with a matrix of ordinary memory, `[rows, columns]`.
   * @param work gets the addresses of the copied operand and of the product
   */
  #withCopy(
    operand: Matrix,
    rows: number,
    columns: number,
    work: (address: number, c: number) => void,
  ): Matrix {
    const address = this.#kernels.allocateDoubles(Math.max(1, operand.values.length));
    const c = this.#kernels.allocateDoubles(Math.max(1, rows * columns));
    try {
      this.#kernels.doubles(address, operand.values.length).set(operand.values);
      work(address, c);
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
