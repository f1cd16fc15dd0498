/**
 * Solves `A X = B` by elimination with row exchanges (LAPACK `dgesv`), for a few dozen unknowns.
 * @param a [n, n]; destroyed
 * @param b [n, columns]; becomes X. A singular A leaves values that are not finite.
 */
export function solveGeneral(a: Float64Array, n: number, b: Float64Array, columns: number): void {
  for (let step = 0; step < n; step += 1) {
    let pivot = step;
    for (let i = step + 1; i < n; i += 1) {
      if (Math.abs(a[i * n + step]) > Math.abs(a[pivot * n + step])) pivot = i;
    }
    if (pivot !== step) {
      exchange(a, n, step, pivot);
      exchange(b, columns, step, pivot);
    }
    const scale = 1 / a[step * n + step];
    for (let i = step + 1; i < n; i += 1) {
      const weight = a[i * n + step] * scale;
      for (let j = step + 1; j < n; j += 1) a[i * n + j] -= weight * a[step * n + j];
      for (let j = 0; j < columns; j += 1) b[i * columns + j] -= weight * b[step * columns + j];
    }
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let p = i + 1; p < n; p += 1) {
      const weight = a[i * n + p];
      for (let j = 0; j < columns; j += 1) b[i * columns + j] -= weight * b[p * columns + j];
    }
    const scale = 1 / a[i * n + i];
    for (let j = 0; j < columns; j += 1) b[i * columns + j] *= scale;
  }
}

function exchange(values: Float64Array, width: number, i: number, j: number): void {
  for (let column = 0; column < width; column += 1) {
    const value = values[i * width + column];
    values[i * width + column] = values[j * width + column];
    values[j * width + column] = value;
  }
}
