const maximumSteps = 100;
const epsilon = Number.EPSILON;

/**
 * `f(x) = 1 + sum_i b_i^2 / (p_i - x) = 0`, poles p ascending: its roots are the eigenvalues of
 * `diag(p) + b b'`, one in each interval (p_j, p_j+1) and the last behind the last pole.
 *
 * A root is sought as its distance from the nearer pole, by rational interpolation that has the two
 * neighbouring poles (the "middle way", Li 1993, as LAPACK dlaed4), inside a bracket that shrinks at every
 * step, so that it is found whatever the data.
 */
export class SecularEquation {
  readonly #poles: Float64Array;
  readonly #steps: Float64Array;
  readonly #order: number;
  /** Sums over the poles up to the interval and behind it, and their derivatives, as last evaluated. */
  #left = 0;
  #leftSlope = 0;
  #right = 0;
  #rightSlope = 0;

  /**
   * @param poles [order] ascending, all different
   * @param steps [order], b, none of them zero
   */
  constructor(poles: Float64Array, steps: Float64Array, order: number) {
    this.#poles = poles;
    this.#steps = steps;
    this.#order = order;
  }

  /**
   * @param j which root, from 0 ascending
   * @param distances row j of [order, order] receives `p_i - x`, to full relative precision
   * @returns the root x
   */
  solve(j: number, distances: Float64Array): number {
    const order = this.#order;
    const row = j * order;
    const last = j === order - 1;
    const width = last ? this.#squareOfSteps() : this.#poles[j + 1] - this.#poles[j];
    let origin = j;
    let low = 0;
    let high = width;
    this.#setDistances(distances, row, origin, 0);
    let shift = width / 2;
    const middle = this.#evaluate(distances, row, j, shift);
    if (middle < 0 && !last) {
      origin = j + 1;
      low = -width / 2;
      high = 0;
      this.#setDistances(distances, row, origin, 0);
      shift = -width / 2;
    } else if (middle < 0) low = shift;
    else high = shift;
    let value = middle;
    for (let step = 0; step < maximumSteps; step += 1) {
      const scale = 1 + this.#right - this.#left;
      if (Math.abs(value) <= 2 * epsilon * scale) break;
      if (high - low <= epsilon * Math.max(Math.abs(low), Math.abs(high))) break;
      const target = last
        ? shift + this.#stepBehindLast(distances[row + j] - shift)
        : shift +
          this.#stepBetween(distances[row + j] - shift, distances[row + j + 1] - shift, value);
      let next = target > low && target < high ? target : (low + high) / 2;
      // A bracket that ends at a pole is better halved in proportion than in the middle.
      if (next !== target && low === 0) next = high / 16;
      else if (next !== target && high === 0) next = low / 16;
      if (next === shift) break;
      shift = next;
      value = this.#evaluate(distances, row, j, shift);
      if (value < 0) low = shift;
      else high = shift;
    }
    this.#setDistances(distances, row, origin, shift);
    return this.#poles[origin] + shift;
  }

  #squareOfSteps(): number {
    let square = 0;
    for (let i = 0; i < this.#order; i += 1) square += this.#steps[i] * this.#steps[i];
    return square * (1 + 4 * epsilon);
  }

  #setDistances(distances: Float64Array, row: number, origin: number, shift: number): void {
    const pole = this.#poles[origin];
    for (let i = 0; i < this.#order; i += 1) distances[row + i] = this.#poles[i] - pole - shift;
  }

  /** f at `origin + shift`, where `distances` are taken from the origin. */
  #evaluate(distances: Float64Array, row: number, j: number, shift: number): number {
    const steps = this.#steps;
    let sum = 0;
    let slope = 0;
    for (let i = 0; i <= j; i += 1) {
      const quotient = steps[i] / (distances[row + i] - shift);
      sum += steps[i] * quotient;
      slope += quotient * quotient;
    }
    this.#left = sum;
    this.#leftSlope = slope;
    sum = 0;
    slope = 0;
    for (let i = this.#order - 1; i > j; i -= 1) {
      const quotient = steps[i] / (distances[row + i] - shift);
      sum += steps[i] * quotient;
      slope += quotient * quotient;
    }
    this.#right = sum;
    this.#rightSlope = slope;
    return 1 + this.#left + this.#right;
  }

  /** LAPACK dlaed4, middle way; `first` and `second` are the distances of the two neighbouring poles. */
  #stepBetween(first: number, second: number, value: number): number {
    const slope = this.#leftSlope + this.#rightSlope;
    const c = value - first * this.#leftSlope - second * this.#rightSlope;
    const a = (first + second) * value - first * second * slope;
    const b = first * second * value;
    if (c === 0) return b / a;
    const root = Math.sqrt(Math.abs(a * a - 4 * b * c));
    return a <= 0 ? (a - root) / (2 * c) : (2 * b) / (a + root);
  }

  /** The root of `c + s / (pole - x)` that agrees with f in value and slope. */
  #stepBehindLast(distance: number): number {
    const constant = 1 + this.#left - this.#leftSlope * distance;
    return distance + (this.#leftSlope * distance * distance) / constant;
  }
}
