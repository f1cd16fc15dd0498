/**
 * Reduces a symmetric matrix to tridiagonal form, `A = Q T Q'`, by Householder reflections (EISPACK
 * `tred2`, reflectors scaled as LAPACK `dlarfg`), rows from the last to the second.
 * `Q = H(n-1) ... H(1)`, `H(i) = I - tau[i] v v'`, where v is left in `a[i, 0..i-1]`.
 * @param a `[n, n]` row-major, lower triangle read and overwritten; entries must be below about 1e140
 * @param diagonal `[n]`, receives the diagonal of T
 * @param offDiagonal `[n]`, entry i receives `T[i, i-1]`; entry 0 is zero
 * @param tau `[n]`, receives the reflectors' scales
 * @param scratch `[n]`
 */
export function reduceToTridiagonal(
  a: Float64Array,
  n: number,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  tau: Float64Array,
  scratch: Float64Array,
  checkpoint?: () => void,
): void {
  offDiagonal[0] = 0;
  tau[0] = 0;
  for (let i = n - 1; i > 0; i--) {
    if (checkpoint !== undefined && i % 16 === 0) checkpoint();
    const row = i * n;
    diagonal[i] = a[row + i];
    const scale = makeReflector(a, row, i, offDiagonal);
    tau[i] = scale;
    if (scale !== 0) applyTwoSided(a, n, i, scale, scratch);
  }
  if (n > 0) diagonal[0] = a[0];
}

/** Below this square of a norm, squares have lost digits and the vector counts as zero. */
const negligibleSquare = 1e-280;

function makeReflector(a: Float64Array, row: number, i: number, offDiagonal: Float64Array): number {
  const last = row + i - 1;
  const alpha = a[last];
  let square = 0;
  for (let j = row; j < last; j++) square += a[j] * a[j];
  const total = square + alpha * alpha;
  if (square === 0 || total < negligibleSquare) {
    offDiagonal[i] = alpha;
    return 0;
  }
  const beta = alpha > 0 ? -Math.sqrt(total) : Math.sqrt(total);
  const inverse = 1 / (alpha - beta);
  for (let j = row; j < last; j++) a[j] *= inverse;
  a[last] = 1;
  offDiagonal[i] = beta;
  return (beta - alpha) / beta;
}

/** `A := H A H` on the leading i x i block (lower triangle), v in row i. */
function applyTwoSided(
  a: Float64Array,
  n: number,
  i: number,
  scale: number,
  w: Float64Array,
): void {
  const v = i * n;
  w.fill(0, 0, i);
  for (let j = 0; j < i; j++) {
    const row = j * n;
    const vj = a[v + j];
    let sum = 0;
    for (let p = 0; p < j; p++) {
      const entry = a[row + p];
      sum += entry * a[v + p];
      w[p] += entry * vj;
    }
    w[j] += sum + a[row + j] * vj;
  }
  let inner = 0;
  for (let j = 0; j < i; j++) {
    w[j] *= scale;
    inner += w[j] * a[v + j];
  }
  const half = 0.5 * scale * inner;
  for (let j = 0; j < i; j++) w[j] -= half * a[v + j];
  for (let j = 0; j < i; j++) {
    const row = j * n;
    const vj = a[v + j];
    const wj = w[j];
    for (let p = 0; p <= j; p++) a[row + p] -= vj * w[p] + wj * a[v + p];
  }
}

/**
 * Turns eigenvectors of T into eigenvectors of A: each row x of `rows` becomes `Q x`.
 * @param a `[n, n]` and `tau` as {@link reduceToTridiagonal} left them
 * @param rows `[count, n]`, overwritten
 */
export function applyReflectorsToRows(
  a: Float64Array,
  n: number,
  tau: Float64Array,
  rows: Float64Array,
  count: number,
  checkpoint?: () => void,
): void {
  for (let r = 0; r < count; r++) {
    if (checkpoint !== undefined && r % 16 === 0) checkpoint();
    const x = r * n;
    for (let i = 2; i < n; i++) {
      if (tau[i] === 0) continue;
      const v = i * n;
      let inner = 0;
      for (let j = 0; j < i; j++) inner += a[v + j] * rows[x + j];
      inner *= tau[i];
      for (let j = 0; j < i; j++) rows[x + j] -= inner * a[v + j];
    }
  }
}
