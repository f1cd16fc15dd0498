// Rows of one condition, gathered about their mean, and rows whose columns are scaled, as both factors of a weighted
// product take them.

import { addTwo, multiplyAdd, scale, sumOfPair } from "../vector";

/**
 * The rows that carry a label, in their order, less their mean.
 * @param values `[rows, columns]`
 * @param labels `[rows]` bytes
 * @param means `[columns]`, receives the mean
 * @param into `[found, columns]`
 */
export function gatherRows(
  values: usize,
  rows: i32,
  columns: i32,
  labels: usize,
  label: i32,
  means: usize,
  into: usize,
): void {
  const bytes = <usize>columns << 3;
  memory.fill(means, 0, bytes);
  let at = into;
  for (let row = 0; row < rows; row++) {
    if (<i32>load<u8>(labels + <usize>row) != label) continue;
    const own = values + <usize>row * bytes;
    memory.copy(at, own, bytes);
    addTwo(1, own, 0, own, means, columns);
    at += bytes;
  }
  const found = <i32>((at - into) / bytes);
  scale(means, 1 / <f64>found, columns);
  for (; into < at; into += bytes) addTwo(-1, means, 0, means, into, columns);
}

/**
 * `into = rows diag(factors)`, and one number more in each row, its inner product with `weights` times `size`.
 * @param values `[rows, columns]`
 * @param factors, weights `[columns]`
 * @param into `[rows, columns + 1]`
 */
export function scaleRows(
  values: usize,
  rows: i32,
  columns: i32,
  factors: usize,
  weights: usize,
  size: f64,
  into: usize,
): void {
  const bytes = <usize>columns << 3;
  const end = bytes & ~15;
  for (let row = 0; row < rows; row++) {
    let sum = f64x2.splat(0);
    let at: usize = 0;
    for (; at < end; at += 16) {
      const scaled = f64x2.mul(v128.load(values + at), v128.load(factors + at));
      v128.store(into + at, scaled);
      sum = multiplyAdd<f64>(scaled, v128.load(weights + at), sum);
    }
    let total = sumOfPair(sum);
    if (at < bytes) {
      const scaled = load<f64>(values + at) * load<f64>(factors + at);
      store<f64>(into + at, scaled);
      total += scaled * load<f64>(weights + at);
    }
    store<f64>(into + bytes, size * total);
    values += bytes;
    into += bytes + 8;
  }
}
