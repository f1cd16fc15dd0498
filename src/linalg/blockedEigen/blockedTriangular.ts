import { NotPositiveDefiniteError } from "../cholesky.ts";
import type { ProductTask } from "../kernels/kernelEngine.ts";
import type { KernelArena } from "./kernelArena.ts";

const blockOrder = 64;

/**
 * Cholesky factor and triangular solves in blocks on the kernels: everything beside the diagonal blocks is
 * products, and the diagonal blocks, being small, are inverted (LAPACK `dpotrf`, `dtrsm`).
 */
export class BlockedCholesky {
  readonly #arena: KernelArena;
  readonly #n: number;
  /** L, `[n, n]`; above the diagonal undefined. */
  readonly #factor: number;
  /** Inverses of the diagonal blocks, `[blockOrder, blockOrder]` each. */
  readonly #inverses: number;

  /**
   * @param factor address of `[n, n]`, lower triangle of a positive definite matrix; becomes L
   * @throws NotPositiveDefiniteError naming the pivot
   */
  constructor(arena: KernelArena, factor: number, n: number) {
    this.#arena = arena;
    this.#n = n;
    this.#factor = factor;
    this.#inverses = arena.doubles(Math.ceil(n / blockOrder) * blockOrder ** 2);
    const panel = arena.doubles(n * blockOrder);
    for (let start = 0; start < n; start += blockOrder) this.#factorColumn(start, panel);
    arena.release(panel);
  }

  /** `X := L^-1 X` for X `[n, columns]` at this address, rows `columns` apart. */
  solve(x: number, columns: number): void {
    const n = this.#n;
    const copy = this.#arena.doubles(blockOrder * columns);
    for (let start = 0; start < n; start += blockOrder) {
      const rows = Math.min(blockOrder, n - start);
      const target = x + 8 * start * columns;
      this.#multiply({
        a: { address: this.#factor + 8 * start * n, outer: n, step: 1 },
        b: { address: x, outer: 1, step: columns },
        c: target,
        cRow: columns,
        rows,
        columns,
        depth: start,
        alpha: -1,
      });
      this.#replaceByInverse(start, rows, target, columns, copy);
    }
    this.#arena.release(copy);
  }

  /** Each row y of `[count, n]` becomes w with `L' w = y`, so `Y := Y L^-1`. */
  solveRowsTransposed(y: number, count: number): void {
    const n = this.#n;
    const copy = this.#arena.doubles(blockOrder * count);
    const last = Math.floor((n - 1) / blockOrder) * blockOrder;
    for (let start = last; start >= 0; start -= blockOrder) {
      const columns = Math.min(blockOrder, n - start);
      const below = start + columns;
      this.#multiply({
        a: { address: y + 8 * below, outer: n, step: 1 },
        b: { address: this.#factor + 8 * (below * n + start), outer: 1, step: n },
        c: y + 8 * start,
        cRow: n,
        rows: count,
        columns,
        depth: n - below,
        alpha: -1,
      });
      this.#copyBlock(y + 8 * start, n, count, columns, copy);
      this.#multiply({
        a: { address: copy, outer: columns, step: 1 },
        b: { address: this.#inverseOf(start), outer: 1, step: columns },
        c: y + 8 * start,
        cRow: n,
        rows: count,
        columns,
        depth: columns,
        overwrite: true,
      });
    }
    this.#arena.release(copy);
  }

  /** Column block `start` of L: brought up to date, its diagonal block factored, the rest solved. */
  #factorColumn(start: number, panel: number): void {
    const n = this.#n;
    const columns = Math.min(blockOrder, n - start);
    const at = this.#factor + 8 * (start * n + start);
    const left = this.#factor + 8 * start * n;
    this.#multiply({
      a: { address: left, outer: n, step: 1 },
      b: { address: left, outer: n, step: 1 },
      c: at,
      cRow: n,
      rows: n - start,
      columns,
      depth: start,
      alpha: -1,
    });
    this.#factorDiagonal(start, columns);
    const below = start + columns;
    if (below === n) return;
    const rest = this.#factor + 8 * (below * n + start);
    this.#copyBlock(rest, n, n - below, columns, panel);
    this.#multiply({
      a: { address: panel, outer: columns, step: 1 },
      b: { address: this.#inverseOf(start), outer: columns, step: 1 },
      c: rest,
      cRow: n,
      rows: n - below,
      columns,
      depth: columns,
      overwrite: true,
    });
  }

  #factorDiagonal(start: number, order: number): void {
    const n = this.#n;
    const { kernels } = this.#arena;
    const at = this.#factor + 8 * (start * n + start);
    const pivot = kernels.kernels.factorBlock(at, n, order, this.#inverseOf(start));
    if (pivot === order) return;
    const [value] = kernels.doubles(at + 8 * pivot * (n + 1), 1);
    throw new NotPositiveDefiniteError(n, start + pivot, value);
  }

  #replaceByInverse(
    start: number,
    rows: number,
    target: number,
    columns: number,
    copy: number,
  ): void {
    this.#copyBlock(target, columns, rows, columns, copy);
    this.#multiply({
      a: { address: this.#inverseOf(start), outer: rows, step: 1 },
      b: { address: copy, outer: 1, step: columns },
      c: target,
      cRow: columns,
      rows,
      columns,
      depth: rows,
      overwrite: true,
    });
  }

  #inverseOf(start: number): number {
    return this.#inverses + 8 * start * blockOrder;
  }

  /** Copies `[rows, columns]` out of rows that are `stride` apart. */
  #copyBlock(source: number, stride: number, rows: number, columns: number, target: number): void {
    const { kernels } = this.#arena;
    const from = kernels.doubles(source, (rows - 1) * stride + columns);
    const to = kernels.doubles(target, rows * columns);
    for (let i = 0; i < rows; i++) {
      to.set(from.subarray(i * stride, i * stride + columns), i * columns);
    }
  }

  #multiply(task: ProductTask): void {
    if (task.depth > 0) this.#arena.kernels.multiply(task);
  }
}
