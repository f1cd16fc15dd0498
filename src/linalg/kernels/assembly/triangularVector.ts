// Triangular systems of one right side, in place: L as `factorBlock` and the blocked Cholesky factor leave it.

import { addTwo, dot } from "./vector";

/**
 * `x := L^-1 x`
 * @param factor address of L, rows `stride` elements apart; above the diagonal anything
 */
export function solveVector(factor: usize, stride: i32, order: i32, x: usize): void {
  let row = factor;
  for (let i = 0; i < order; i++) {
    const at = <usize>i << 3;
    store<f64>(x + at, (load<f64>(x + at) - dot(row, x, i)) / load<f64>(row + at));
    row += <usize>stride << 3;
  }
}

/** `x := L'^-1 x`, two rows of L at a time. */
export function solveVectorTransposed(factor: usize, stride: i32, order: i32, x: usize): void {
  const rowBytes = <usize>stride << 3;
  let i = order - 1;
  for (; i >= 1; i -= 2) {
    const at = <usize>i << 3;
    const last = factor + <usize>i * rowBytes;
    const before = last - rowBytes;
    const second = load<f64>(x + at) / load<f64>(last + at);
    const first = (load<f64>(x + at - 8) - second * load<f64>(last + at - 8)) / load<f64>(before + at - 8);
    store<f64>(x + at, second);
    store<f64>(x + at - 8, first);
    addTwo(-second, last, -first, before, x, i - 1);
  }
  if (i == 0) store<f64>(x, load<f64>(x) / load<f64>(factor));
}
