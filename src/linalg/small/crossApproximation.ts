/** `A = L' R` to rounding, both factors with one step of the approximation a row. */
export interface LowRankFactors {
  readonly rank: number;
  /** [rank, rows] */
  readonly left: Float64Array;
  /** [rank, columns] */
  readonly right: Float64Array;
}

/** Of the largest entry: what is left of the others is rounding. */
const tolerance = 1e-15;

/**
 * A matrix as a product of two thin ones, by cross approximation with full pivoting (Bebendorf 2000; Gaussian
 * elimination that stops). Of a matrix `1 / (x_i - y_j)` whose x all lie above its y the rank grows with the logarithm
 * of the range over the gap between them only.
 * @param values [rows, columns]; destroyed
 */
export function crossApproximation(
  values: Float64Array,
  rows: number,
  columns: number,
): LowRankFactors {
  const lefts: Float64Array[] = [];
  const rights: Float64Array[] = [];
  let largest = 0;
  while (lefts.length < Math.min(rows, columns)) {
    const pivot = largestEntry(values);
    const size = Math.abs(values[pivot]);
    largest = Math.max(largest, size);
    if (!(size > tolerance * largest)) break;
    const row = Math.floor(pivot / columns);
    const column = pivot - row * columns;
    const right = values.slice(row * columns, (row + 1) * columns);
    const scale = 1 / right[column];
    const left = Float64Array.from(
      { length: rows },
      (_, i) => scale * values[i * columns + column],
    );
    for (let i = 0; i < rows; i += 1) {
      const weight = left[i];
      const start = i * columns;
      for (let j = 0; j < columns; j += 1) values[start + j] -= weight * right[j];
    }
    // Exactly: rounding must not be taken for a pivot again.
    values.fill(0, row * columns, (row + 1) * columns);
    for (let i = 0; i < rows; i += 1) values[i * columns + column] = 0;
    lefts.push(left);
    rights.push(right);
  }
  return {
    rank: lefts.length,
    left: joined(lefts, rows),
    right: joined(rights, columns),
  };
}

function largestEntry(values: Float64Array): number {
  let place = 0;
  let size = 0;
  for (let i = 0; i < values.length; i += 1) {
    const own = Math.abs(values[i]);
    if (own > size) {
      size = own;
      place = i;
    }
  }
  return place;
}

function joined(rows: readonly Float64Array[], length: number): Float64Array {
  const all = new Float64Array(rows.length * length);
  rows.forEach((row, i) => all.set(row, i * length));
  return all;
}
