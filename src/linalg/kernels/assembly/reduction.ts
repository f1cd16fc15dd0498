// One row of the blocked reduction of a symmetric matrix to tridiagonal form (LAPACK `dlatrd`, upper, of
// the transposed storage): rows are taken from the last to the second, and the trailing matrix is updated
// only after a whole panel of them.

import { symmetricVector } from "./jobs";
import { helpersWord } from "./layout";
import { collectSymmetricVector, prepareSymmetricVector } from "./symmetricVector";
import { finishJob, openJob, openJobAlone } from "./threads";
import { addTwo, dot, scale } from "./vector";

/** Below this square of a norm, squares have lost digits and the vector counts as zero. */
const negligibleSquare: f64 = 1e-280;
/** Below this order, waking a thread costs more than half of the product. */
const smallestSharedOrder: i32 = 320;

/**
 * Reduces row i: brings it up to date, makes its reflector `H = I - tau v v'` (v is left in the row) and the
 * vector w of the panel's update `A -= v w' + w v'`.
 * @param a `[n, n]`, row i and everything above as the previous panels left it
 * @param panel `[2 width, n]`: the v of this panel, then its w; `done` of each are there already
 * @param diagonal, offDiagonal, tau `[n]`: entry i is written
 * @param partials memory of {@link prepareSymmetricVector}
 * @param shared whether helpers may take part
 */
export function reduceRow(
  a: usize,
  n: i32,
  i: i32,
  panel: usize,
  width: i32,
  done: i32,
  diagonal: usize,
  offDiagonal: usize,
  tau: usize,
  partials: usize,
  partialBytes: i32,
  shared: i32,
): void {
  const rowBytes = <usize>n << 3;
  const row = a + <usize>i * rowBytes;
  const ws = panel + <usize>width * rowBytes;
  const entry = <usize>i << 3;
  for (let r = 0; r < done; r++) {
    const v = panel + <usize>r * rowBytes;
    const w = ws + <usize>r * rowBytes;
    addTwo(-load<f64>(w + entry), v, -load<f64>(v + entry), w, row, i + 1);
  }
  store<f64>(diagonal + entry, load<f64>(row + entry));
  const factor = makeReflector(row, i, offDiagonal + entry);
  store<f64>(tau + entry, factor);
  const v = panel + <usize>done * rowBytes;
  const w = ws + <usize>done * rowBytes;
  memory.copy(v, row, entry);
  if (factor == 0) {
    memory.fill(w, 0, entry);
    return;
  }
  prepareSymmetricVector(a, n, i, v, partials, partialBytes);
  if (shared && i >= smallestSharedOrder) openJob(symmetricVector);
  else openJobAlone(symmetricVector);
  finishJob();
  collectSymmetricVector(w, load<i32>(helpersWord) + 1);
  for (let r = 0; r < done; r++) {
    const earlierV = panel + <usize>r * rowBytes;
    const earlierW = ws + <usize>r * rowBytes;
    addTwo(-dot(earlierW, v, i), earlierV, -dot(earlierV, v, i), earlierW, w, i);
  }
  scale(w, factor, i);
  const half = -0.5 * factor * dot(w, v, i);
  addTwo(half, v, 0, v, w, i);
}

/** As LAPACK `dlarfg`, the last entry of v being 1; writes the entry that remains beside the diagonal. */
export function makeReflector(row: usize, length: i32, offDiagonal: usize): f64 {
  const last = row + (<usize>(length - 1) << 3);
  const alpha = load<f64>(last);
  const square = dot(row, row, length - 1);
  const total = square + alpha * alpha;
  if (square == 0 || total < negligibleSquare) {
    store<f64>(offDiagonal, alpha);
    return 0;
  }
  const beta = alpha > 0 ? -sqrt(total) : sqrt(total);
  scale(row, 1 / (alpha - beta), length - 1);
  store<f64>(last, 1);
  store<f64>(offDiagonal, beta);
  return (beta - alpha) / beta;
}
