import type { KernelArena } from "../blockedEigen/kernelArena.ts";
import type { Matrix } from "../matrix.ts";
import { createScriptProducts } from "../engines/scriptProducts.ts";
import { GrowingProjection } from "./growingProjection.ts";
import { normaliseRows } from "./normaliseRows.ts";
import type { SymmetricOperator } from "./symmetricOperator.ts";

/** For factors of a block's size. */
const script = createScriptProducts();

/**
 * A block's shortest direction after orthogonalisation, relative to the block before it: where it is shorter,
 * normalising magnifies the rounding left in it so far that one more orthogonalisation does not remove it.
 */
const wellConditioned = 1e-5;

/**
 * An orthonormal basis Q of a block Krylov space of a symmetric A, and the projection `T = Q A Q'`. Every
 * new block is orthogonalised against all of Q once before and once after it is normalised ("twice is
 * enough", Giraud, Langou and Rozloznik 2005), and once more where little of it was left, because
 * normalising magnifies the rounding in what was left.
 */
export class KrylovBasis {
  readonly #arena: KernelArena;
  readonly #operator: SymmetricOperator;
  readonly #n: number;
  readonly #capacity: number;
  readonly #blockRows: number;
  /** Q: `[capacity, n]`, one basis vector per row. */
  readonly #basis: number;
  /** The block that comes next, `[blockRows, n]`, and room for its inner products with Q. */
  readonly #next: number;
  readonly #inner: number;
  /** T over the basis vectors so far. */
  readonly #projection: GrowingProjection;
  /** Basis vectors whose image under A is known: rows of T that are complete. */
  #expanded = 0;
  #size = 0;

  /**
   * @param operator A
   * @param capacity most basis vectors
   */
  constructor(
    arena: KernelArena,
    operator: SymmetricOperator,
    capacity: number,
    blockRows: number,
  ) {
    const n = operator.order;
    this.#arena = arena;
    this.#operator = operator;
    this.#n = n;
    this.#capacity = capacity;
    this.#blockRows = blockRows;
    this.#basis = arena.doubles(capacity * n);
    this.#next = arena.doubles(blockRows * n);
    this.#inner = arena.doubles(blockRows * capacity);
    this.#projection = new GrowingProjection(capacity);
  }

  /** Basis vectors whose images are known. */
  get expanded(): number {
    return this.#expanded;
  }

  /** Trace of T over the expanded part: the sum of all Ritz values, never above that of A. */
  get ritzSum(): number {
    return this.#projection.trace(this.#expanded);
  }

  /** Room for another block. */
  get hasRoom(): boolean {
    return this.#size + this.#blockRows <= this.#capacity;
  }

  /** Whether a block waits to be expanded; without one the space is invariant under A. */
  get hasNext(): boolean {
    return this.#expanded < this.#size;
  }

  /**
   * Appends directions of the caller's choice, orthogonalised; how a space begins, or goes on where it was
   * invariant.
   * @param rows `[count, n]`, count up to the block's
   */
  append(rows: Matrix): void {
    this.#arena.kernels.doubles(this.#next, rows.values.length).set(rows.values);
    this.#orthogonalise(rows.rows, this.#size);
    this.#appendNext(rows.rows, 0, Infinity);
  }

  /**
   * Multiplies the waiting block by A: T grows by it, and what is new becomes the next block.
   * @param scale the size of A, against which what remains counts as nothing
   * @returns C `[rows, r]` of the block's remainder `W = C Q_next`: a Ritz vector whose coefficients in this
   *   block are s has a residual of length `|s C|`
   */
  expand(scale: number): Matrix {
    const n = this.#n;
    const start = this.#expanded;
    const rows = this.#size - start;
    this.#operator.apply(this.#basis + 8 * start * n, rows, this.#next);
    let image = 0;
    this.#orthogonalise(rows, this.#size, (coefficients) => {
      this.#projection.store(start, rows, this.#size, coefficients);
      image = longestRow(coefficients, rows);
    });
    this.#expanded = this.#size;
    return this.#appendNext(rows, 1e-15 * scale * Math.sqrt(n), wellConditioned * image);
  }

  /** T over the expanded part. */
  projection(): Matrix {
    return this.#projection.leading(this.#expanded);
  }

  /**
   * `S Q`: coefficients to vectors of length n, at an address that the caller releases.
   * @param coefficients `[count, expanded]`
   */
  combine(coefficients: Matrix): number {
    const n = this.#n;
    const { kernels } = this.#arena;
    const result = this.#arena.doubles(Math.max(1, coefficients.rows * n));
    const left = this.#arena.doubles(coefficients.values.length);
    kernels.doubles(left, coefficients.values.length).set(coefficients.values);
    kernels.multiply({
      a: { address: left, outer: coefficients.columns, step: 1 },
      b: { address: this.#basis, outer: 1, step: n },
      c: result,
      cRow: n,
      rows: coefficients.rows,
      columns: n,
      depth: coefficients.columns,
      overwrite: true,
    });
    this.#arena.release(left);
    return result;
  }

  /**
   * Thick restart (Wu and Simon 2000): keeps these Ritz vectors and the waiting block, drops the rest.
   * @param values `[count]` Ritz values
   * @param coefficients `[count, expanded]` Ritz vectors in Q
   */
  restart(values: Float64Array, coefficients: Matrix): void {
    const n = this.#n;
    const { kernels } = this.#arena;
    const count = coefficients.rows;
    const waiting = this.#size - this.#expanded;
    const kept = this.combine(coefficients);
    const basis = kernels.doubles(this.#basis, this.#capacity * n);
    basis.copyWithin(count * n, this.#expanded * n, this.#size * n);
    basis.set(kernels.doubles(kept, count * n));
    this.#arena.release(kept);
    this.#operator.forget?.();
    this.#projection.restart(values, count);
    this.#expanded = count;
    this.#size = count + waiting;
  }

  /** `W -= (W Q') Q` for the waiting rows W; the coefficients are shown to `use`, `[rows, size]`. */
  #orthogonalise(rows: number, size: number, use?: (coefficients: Float64Array) => void): void {
    if (size === 0) return;
    const n = this.#n;
    const { kernels } = this.#arena;
    kernels.multiply({
      a: { address: this.#next, outer: n, step: 1 },
      b: { address: this.#basis, outer: n, step: 1 },
      c: this.#inner,
      cRow: size,
      rows,
      columns: size,
      depth: n,
      overwrite: true,
    });
    use?.(kernels.doubles(this.#inner, rows * size));
    kernels.multiply({
      a: { address: this.#inner, outer: size, step: 1 },
      b: { address: this.#basis, outer: 1, step: n },
      c: this.#next,
      cRow: n,
      rows,
      columns: n,
      depth: size,
      alpha: -1,
    });
  }

  /**
   * Normalises the waiting rows W, twice, and appends them to Q.
   * @param negligible lengths up to this count as zero
   * @param short directions shorter than this are orthogonalised once more
   * @returns C of `W = C Q_next`
   */
  #appendNext(rows: number, negligible: number, short: number): Matrix {
    const { factor: first, shortest } = this.#normalise(rows, negligible);
    const rank = first.columns;
    if (rank === 0) return first;
    if (shortest < short) this.#orthogonalise(rank, this.#size);
    this.#orthogonalise(rank, this.#size);
    // Directions that vanish now were rounding; a tenth is far above what honest ones lose.
    const { factor: second } = this.#normalise(rank, 0.1);
    const n = this.#n;
    const kept = Math.min(second.columns, this.#capacity - this.#size);
    const { kernels } = this.#arena;
    kernels
      .doubles(this.#basis + 8 * this.#size * n, kept * n)
      .set(kernels.doubles(this.#next, kept * n));
    this.#size += kept;
    return script.multiply(first, second);
  }

  #normalise(rows: number, negligible: number): ReturnType<typeof normaliseRows> {
    const waiting = { address: this.#next, rows, n: this.#n };
    return normaliseRows(this.#arena, waiting, this.#inner, negligible);
  }
}

/** Length of the longest of some rows, `[count, n]`. */
function longestRow(rows: Float64Array, count: number): number {
  const n = rows.length / count;
  let longest = 0;
  for (let i = 0; i < count; i++) {
    let square = 0;
    for (let at = i * n; at < (i + 1) * n; at++) square += rows[at] ** 2;
    longest = Math.max(longest, square);
  }
  return Math.sqrt(longest);
}
