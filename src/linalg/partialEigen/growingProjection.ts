import { matrix, type Matrix } from "../matrix.ts";

/** The projection `T = Q A Q'` on a basis that grows: symmetric, stored with room to spare. */
export class GrowingProjection {
  readonly #capacity: number;
  /** T: `[width, width]`, of which the leading rows and columns count; grows with the space. */
  #values = new Float64Array(0);
  #width = 0;

  /** @param capacity most basis vectors */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Trace of the leading [size, size] of T. */
  trace(size: number): number {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += this.#values[i * this.#width + i];
    return sum;
  }

  /** The leading [size, size] of T, copied. */
  leading(size: number): Matrix {
    const t = matrix(size, size);
    for (let i = 0; i < size; i++) {
      const from = i * this.#width;
      t.values.set(this.#values.subarray(from, from + size), i * size);
    }
    return t;
  }

  /** Begins again with a diagonal. */
  restart(diagonal: Float64Array, count: number): void {
    this.#values.fill(0);
    for (let i = 0; i < count; i++) this.#values[i * this.#width + i] = diagonal[i];
  }

  /**
   * Rows of T and, by symmetry, its columns.
   * @param start the first row
   * @param coefficients `[rows, size]`
   */
  store(start: number, rows: number, size: number, coefficients: Float64Array): void {
    if (size > this.#width) this.#widen(Math.min(this.#capacity, Math.ceil(1.25 * size)));
    const width = this.#width;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < size; j++) {
        const value = coefficients[i * size + j];
        this.#values[(start + i) * width + j] = value;
        this.#values[j * width + start + i] = value;
      }
    }
  }

  #widen(width: number): void {
    const wider = new Float64Array(width * width);
    for (let i = 0; i < this.#width; i++) {
      const from = i * this.#width;
      wider.set(this.#values.subarray(from, from + this.#width), i * width);
    }
    this.#values = wider;
    this.#width = width;
  }
}
