/** Streamed moments per column (Welford 1962) and of all values. */
export class ColumnMoments {
  minimum = Infinity;
  maximum = -Infinity;
  #notNumbers = 0;
  #infinities = 0;
  #zeros = 0;
  #first: { row: number; column: number } | undefined;
  readonly #count: Float64Array;
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;

  constructor(columns: number) {
    this.#count = new Float64Array(columns);
    this.#mean = new Float64Array(columns);
    this.#squares = new Float64Array(columns);
  }

  add(values: Float64Array, start: number): void {
    const columns = this.#count.length;
    for (let i = 0; i < values.length; i += 1) {
      const value = values[i];
      const column = (start + i) % columns;
      if (!Number.isFinite(value)) {
        if (Number.isNaN(value)) this.#notNumbers += 1;
        else this.#infinities += 1;
        this.#first ??= { row: Math.floor((start + i) / columns), column };
        continue;
      }
      if (value === 0) this.#zeros += 1;
      if (value < this.minimum) this.minimum = value;
      if (value > this.maximum) this.maximum = value;
      this.#count[column] += 1;
      const delta = value - this.#mean[column];
      this.#mean[column] += delta / this.#count[column];
      this.#squares[column] += delta * (value - this.#mean[column]);
    }
  }

  finish() {
    const columns = this.#count.length;
    let count = 0;
    let mean = 0;
    let squares = 0;
    const columnVariance = new Float64Array(columns);
    for (let j = 0; j < columns; j += 1) {
      columnVariance[j] = this.#squares[j] / (this.#count[j] - 1);
      if (this.#count[j] === 0) continue;
      // Chan, Golub & LeVeque 1983: merging the moments of two samples.
      const delta = this.#mean[j] - mean;
      const total = count + this.#count[j];
      squares += this.#squares[j] + (delta * delta * count * this.#count[j]) / total;
      mean += (delta * this.#count[j]) / total;
      count = total;
    }
    return {
      notNumbers: this.#notNumbers,
      infinities: this.#infinities,
      ...(this.#first === undefined ? {} : { firstNonFinite: this.#first }),
      minimum: this.minimum,
      maximum: this.maximum,
      mean: count === 0 ? Number.NaN : mean,
      standardDeviation: Math.sqrt(squares / (count - 1)),
      zeros: this.#zeros,
      columnMean: this.#mean,
      columnVariance,
    };
  }
}
