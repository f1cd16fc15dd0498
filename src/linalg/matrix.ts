/** A dense row-major matrix of float64: entry (i, j) is `values[i * columns + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/**
 * A matrix over new or given memory.
 * @throws RangeError if `values` has another length than `rows * columns`
 */
export function matrix(rows: number, columns: number, values?: Float64Array): Matrix {
  const storage = values ?? new Float64Array(rows * columns);
  if (storage.length !== rows * columns) {
    throw new RangeError(
      `${rows} x ${columns} needs ${rows * columns} values, not ${storage.length}.`,
    );
  }
  return { rows, columns, values: storage };
}

/** [n, n], ones on the diagonal. */
export function identity(n: number): Matrix {
  const found = matrix(n, n);
  for (let i = 0; i < n; i += 1) found.values[i * (n + 1)] = 1;
  return found;
}

/** The first `count` rows, on the same memory. */
export function leadingRows({ columns, values }: Matrix, count: number): Matrix {
  return matrix(count, columns, values.subarray(0, count * columns));
}

/** Side of the tiles in which a triangle is mirrored: two of them fit into the first cache. */
const mirrorTile = 32;

/** Copies the lower triangle of a square matrix to its upper one, in place, tile by tile. */
export function mirrorLowerTriangle({ rows: n, values }: Matrix): void {
  unfoldLowerTriangle(values, n, 1, values);
}

/**
 * The symmetric matrix of a lower triangle, in one pass over both.
 * @param lower `[n, n]`, read on and below the diagonal
 * @param factor what every entry is multiplied by
 * @param into `[n, n]`, receives both triangles; may be `lower` itself
 */
export function unfoldLowerTriangle(
  lower: Float64Array,
  n: number,
  factor: number,
  into: Float64Array,
): void {
  for (let top = 0; top < n; top += mirrorTile) {
    const bottom = Math.min(n, top + mirrorTile);
    for (let left = 0; left <= top; left += mirrorTile) {
      for (let i = top; i < bottom; i++) {
        const right = Math.min(i + 1, left + mirrorTile);
        for (let j = left; j < right; j++) {
          const value = factor * lower[i * n + j];
          into[i * n + j] = value;
          into[j * n + i] = value;
        }
      }
    }
  }
}

/** `A'`, in new memory. */
export function transposed(a: Matrix): Matrix {
  const result = matrix(a.columns, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) {
      result.values[j * a.rows + i] = a.values[i * a.columns + j];
    }
  }
  return result;
}
