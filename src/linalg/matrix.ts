/** A dense row-major matrix of float64: entry (i, j) is `values[i * columns + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/**
 * A matrix over new or given memory.
 * @throws RangeError where `values` has another length than `rows * columns`
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
