// Reduction of a small symmetric matrix to tridiagonal form by Householder reflections (EISPACK `tred2`, reflectors as
// LAPACK `dlarfg`), rows from the last to the second. Each row is read and written once for each reflection: it is
// brought up to date and multiplied with the next reflector in the same pass (Van Zee et al. 2012).

import { makeReflector } from "../reduction";
import { addTwo, dot, multiplyAdd, scale, sumOfPair } from "../vector";

/** v and w of the reflection whose update `A -= v w' + w v'` is due, and the vector u that A is then multiplied with. */
let v: usize = 0;
let w: usize = 0;
let u: usize = 0;

/**
 * `A = Q T Q'`; the reflector of row i is left in `a[i, 0..i-1]`.
 * @param a `[n, n]`, its lower triangle
 * @param diagonal, offDiagonal, tau `[n]`: receive T and the reflectors' scales; entry i couples i and i - 1
 * @param work `[2 n]`
 */
export function reduceSmall(
  a: usize,
  n: i32,
  diagonal: usize,
  offDiagonal: usize,
  tau: usize,
  work: usize,
): void {
  const rowBytes = <usize>n << 3;
  store<f64>(offDiagonal, 0);
  store<f64>(tau, 0);
  let y = work + rowBytes;
  // No update is due at first.
  w = work;
  v = a + <usize>(n - 1) * rowBytes;
  memory.fill(w, 0, rowBytes);
  for (let i = n - 1; i > 0; i--) {
    const entry = <usize>i << 3;
    const row = a + <usize>i * rowBytes;
    addTwo(-load<f64>(v + entry), w, -load<f64>(w + entry), v, row, i + 1);
    store<f64>(diagonal + entry, load<f64>(row + entry));
    const factor = makeReflector(row, i, offDiagonal + entry);
    store<f64>(tau + entry, factor);
    u = row;
    multiplyUpdated(a, rowBytes, i, y);
    scale(y, factor, i);
    addTwo(-0.5 * factor * dot(y, row, i), row, 0, row, y, i);
    v = row;
    const done = w;
    w = y;
    y = done;
  }
  store<f64>(diagonal, load<f64>(a) - 2 * load<f64>(v) * load<f64>(w));
}

/**
 * Turns vectors of T into vectors of A: each row x becomes `Q x`.
 * @param a, tau as {@link reduceSmall} left them
 * @param rows `[count, n]`
 */
export function applySmallReflectors(a: usize, n: i32, tau: usize, rows: usize, count: i32): void {
  const rowBytes = <usize>n << 3;
  for (let i = 2; i < n; i++) {
    const factor = load<f64>(tau + (<usize>i << 3));
    if (factor == 0) continue;
    const reflector = a + <usize>i * rowBytes;
    for (let r = 0; r < count; r++) {
      const x = rows + <usize>r * rowBytes;
      addTwo(-factor * dot(reflector, x, i), reflector, 0, reflector, x, i);
    }
  }
}

/** `A -= v w' + w v'` and `y = A u`, for the leading rows and columns. */
function multiplyUpdated(a: usize, rowBytes: usize, order: i32, y: usize): void {
  memory.fill(y, 0, <usize>order << 3);
  const first = order & 3;
  for (let r = 0; r < first; r++) updateCorner(a + <usize>r * rowBytes, 0, r, 0, y);
  for (let row = first; row < order; row += 4) {
    multiplyFourRows(a + <usize>row * rowBytes, rowBytes, row, y);
  }
}

function multiplyFourRows(a0: usize, rowBytes: usize, row: i32, y: usize): void {
  const a1 = a0 + rowBytes;
  const a2 = a1 + rowBytes;
  const a3 = a2 + rowBytes;
  const start = <usize>row << 3;
  const ownV = v + start;
  const ownW = w + start;
  const ownU = u + start;
  const v0 = f64x2.splat(-load<f64>(ownV));
  const v1 = f64x2.splat(-load<f64>(ownV, 8));
  const v2 = f64x2.splat(-load<f64>(ownV, 16));
  const v3 = f64x2.splat(-load<f64>(ownV, 24));
  const w0 = f64x2.splat(-load<f64>(ownW));
  const w1 = f64x2.splat(-load<f64>(ownW, 8));
  const w2 = f64x2.splat(-load<f64>(ownW, 16));
  const w3 = f64x2.splat(-load<f64>(ownW, 24));
  const u0 = v128.load64_splat(ownU);
  const u1 = v128.load64_splat(ownU, 8);
  const u2 = v128.load64_splat(ownU, 16);
  const u3 = v128.load64_splat(ownU, 24);
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  const end = start & ~15;
  for (let at: usize = 0; at < end; at += 16) {
    const pairV = v128.load(v + at);
    const pairW = v128.load(w + at);
    const pairU = v128.load(u + at);
    let sum = v128.load(y + at);
    let entry = multiplyAdd<f64>(v0, pairW, multiplyAdd<f64>(w0, pairV, v128.load(a0 + at)));
    v128.store(a0 + at, entry);
    sum = multiplyAdd<f64>(entry, u0, sum);
    s0 = multiplyAdd<f64>(entry, pairU, s0);
    entry = multiplyAdd<f64>(v1, pairW, multiplyAdd<f64>(w1, pairV, v128.load(a1 + at)));
    v128.store(a1 + at, entry);
    sum = multiplyAdd<f64>(entry, u1, sum);
    s1 = multiplyAdd<f64>(entry, pairU, s1);
    entry = multiplyAdd<f64>(v2, pairW, multiplyAdd<f64>(w2, pairV, v128.load(a2 + at)));
    v128.store(a2 + at, entry);
    sum = multiplyAdd<f64>(entry, u2, sum);
    s2 = multiplyAdd<f64>(entry, pairU, s2);
    entry = multiplyAdd<f64>(v3, pairW, multiplyAdd<f64>(w3, pairV, v128.load(a3 + at)));
    v128.store(a3 + at, entry);
    sum = multiplyAdd<f64>(entry, u3, sum);
    s3 = multiplyAdd<f64>(entry, pairU, s3);
    v128.store(y + at, sum);
  }
  const column = row & ~1;
  updateCorner(a0, column, row, sumOfPair(s0), y);
  updateCorner(a1, column, row + 1, sumOfPair(s1), y);
  updateCorner(a2, column, row + 2, sumOfPair(s2), y);
  updateCorner(a3, column, row + 3, sumOfPair(s3), y);
}

/** The entries of one row from `column` to the diagonal, and the sum of that row so far. */
@inline
function updateCorner(a: usize, column: i32, row: i32, sum: f64, y: usize): void {
  const end = <usize>row << 3;
  const ownV = load<f64>(v + end);
  const ownW = load<f64>(w + end);
  const ownU = load<f64>(u + end);
  for (let at = <usize>column << 3; at < end; at += 8) {
    const entry = load<f64>(a + at) - ownV * load<f64>(w + at) - ownW * load<f64>(v + at);
    store<f64>(a + at, entry);
    sum += entry * load<f64>(u + at);
    store<f64>(y + at, load<f64>(y + at) + entry * ownU);
  }
  const entry = load<f64>(a + end) - 2 * ownV * ownW;
  store<f64>(a + end, entry);
  store<f64>(y + end, load<f64>(y + end) + sum + entry * ownU);
}
