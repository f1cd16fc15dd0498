// The small triangles on the diagonal of blocked factorisations. One thread does them in place: they are a small
// share of the work, but in a first run, before it is compiled, script takes longer for them than for all the rest.

import { addTwo, dot } from "./vector";

/**
 * The Cholesky factor L of a block and its inverse (LAPACK `dpotf2`, `dtrti2`).
 * @param block address, rows `stride` elements apart; its lower triangle becomes L
 * @param inverse address of `[order, order]`, receives L^-1 with zeros above the diagonal
 * @returns `order`, or the first pivot that is not above zero and finite: it then stands on the diagonal
 */
export function factorBlock(block: usize, stride: i32, order: i32, inverse: usize): i32 {
  const rowBytes = <usize>stride << 3;
  for (let i = 0; i < order; i++) {
    const row = block + <usize>i * rowBytes;
    for (let j = 0; j < i; j++) {
      const other = block + <usize>j * rowBytes;
      const at = row + (<usize>j << 3);
      store<f64>(at, (load<f64>(at) - dot(row, other, j)) / load<f64>(other + (<usize>j << 3)));
    }
    const diagonal = row + (<usize>i << 3);
    const pivot = load<f64>(diagonal) - dot(row, row, i);
    if (!(pivot > 0 && pivot < Infinity)) {
      store<f64>(diagonal, pivot);
      return i;
    }
    store<f64>(diagonal, sqrt(pivot));
  }
  invertFactor(block, rowBytes, order, inverse);
  return order;
}

function invertFactor(block: usize, rowBytes: usize, order: i32, inverse: usize): void {
  const inverseBytes = <usize>order << 3;
  memory.fill(inverse, 0, <usize>order * inverseBytes);
  for (let i = 0; i < order; i++) {
    const row = block + <usize>i * rowBytes;
    const target = inverse + <usize>i * inverseBytes;
    const scale = 1 / load<f64>(row + (<usize>i << 3));
    for (let p = 0; p < i; p++) {
      const weight = -scale * load<f64>(row + (<usize>p << 3));
      const source = inverse + <usize>p * inverseBytes;
      addTwo(weight, source, 0, source, target, p + 1);
    }
    store<f64>(target + (<usize>i << 3), scale);
  }
}

/**
 * T of a block of reflectors, `H(last) ... H(first) = I - V' T V` (LAPACK `dlarft`), in place:
 * `T[j, 0..j-1] = -tau[j] (v_j V') T`.
 * @param factor address of `[order, order]`: below the diagonal `V V'`, on it tau; becomes T, lower triangular
 */
export function formReflectorFactor(factor: usize, order: i32): void {
  const rowBytes = <usize>order << 3;
  for (let j = 0; j < order; j++) {
    const row = factor + <usize>j * rowBytes;
    const tau = load<f64>(row + (<usize>j << 3));
    memory.fill(row + (<usize>(j + 1) << 3), 0, <usize>(order - j - 1) << 3);
    for (let i = 0; i < j; i++) {
      // Earlier steps have written in front of entry i only.
      const at = row + (<usize>i << 3);
      const weight = -tau * load<f64>(at);
      const source = factor + <usize>i * rowBytes;
      store<f64>(at, 0);
      addTwo(weight, source, 0, source, row, i + 1);
    }
  }
}
