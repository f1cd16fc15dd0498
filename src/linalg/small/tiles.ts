/**
 * `c = a b'` by inner products of rows, in 4 x 4 tiles that stay in registers. The matrices of one
 * permutation are too small and too many (tens of thousands of 84 x 84) for an engine call each.
 * @param a `[n, depth]` row-major
 * @param b `[m, depth]`
 * @param c `[n, m]`, overwritten
 * @param lower set where `a` and `b` are the same: only tiles that touch the lower triangle are made
 */
export function multiplyRows(
  a: Float64Array,
  n: number,
  b: Float64Array,
  m: number,
  depth: number,
  c: Float64Array,
  lower = false,
): void {
  const tiled = n - (n % 4);
  for (let i = 0; i < tiled; i += 4) {
    const columns = lower ? Math.min(m, i + 4) : m;
    const whole = columns - (columns % 4);
    for (let j = 0; j < whole; j += 4)
      fourByFour(a, i * depth, b, j * depth, depth, c, i * m + j, m);
    for (let j = whole; j < columns; j += 1) {
      for (let r = i; r < i + 4; r += 1) c[r * m + j] = inner(a, r * depth, b, j * depth, depth);
    }
  }
  for (let i = tiled; i < n; i += 1) {
    const columns = lower ? i + 1 : m;
    const whole = columns - (columns % 4);
    for (let j = 0; j < whole; j += 4) oneByFour(a, i * depth, b, j * depth, depth, c, i * m + j);
    for (let j = whole; j < columns; j += 1) {
      c[i * m + j] = inner(a, i * depth, b, j * depth, depth);
    }
  }
}

/** `sum_p a[x + p] b[y + p]` over `depth` entries. */
export function inner(
  a: Float64Array,
  x: number,
  b: Float64Array,
  y: number,
  depth: number,
): number {
  let sum = 0;
  for (let p = 0; p < depth; p += 1) sum += a[x + p] * b[y + p];
  return sum;
}

function oneByFour(
  a: Float64Array,
  x: number,
  b: Float64Array,
  y: number,
  depth: number,
  c: Float64Array,
  out: number,
): void {
  let c0 = 0;
  let c1 = 0;
  let c2 = 0;
  let c3 = 0;
  const end = x + depth;
  for (let p = x, q = y; p < end; p += 1, q += 1) {
    const value = a[p];
    c0 += value * b[q];
    c1 += value * b[q + depth];
    c2 += value * b[q + 2 * depth];
    c3 += value * b[q + 3 * depth];
  }
  c[out] = c0;
  c[out + 1] = c1;
  c[out + 2] = c2;
  c[out + 3] = c3;
}

function fourByFour(
  a: Float64Array,
  x: number,
  b: Float64Array,
  y: number,
  depth: number,
  c: Float64Array,
  out: number,
  stride: number,
): void {
  let c00 = 0;
  let c01 = 0;
  let c02 = 0;
  let c03 = 0;
  let c10 = 0;
  let c11 = 0;
  let c12 = 0;
  let c13 = 0;
  let c20 = 0;
  let c21 = 0;
  let c22 = 0;
  let c23 = 0;
  let c30 = 0;
  let c31 = 0;
  let c32 = 0;
  let c33 = 0;
  const end = x + depth;
  for (let p = x, q = y; p < end; p += 1, q += 1) {
    const a0 = a[p];
    const a1 = a[p + depth];
    const a2 = a[p + 2 * depth];
    const a3 = a[p + 3 * depth];
    const b0 = b[q];
    const b1 = b[q + depth];
    const b2 = b[q + 2 * depth];
    const b3 = b[q + 3 * depth];
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    c23 += a2 * b3;
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    c33 += a3 * b3;
  }
  c[out] = c00;
  c[out + 1] = c01;
  c[out + 2] = c02;
  c[out + 3] = c03;
  c[out + stride] = c10;
  c[out + stride + 1] = c11;
  c[out + stride + 2] = c12;
  c[out + stride + 3] = c13;
  c[out + 2 * stride] = c20;
  c[out + 2 * stride + 1] = c21;
  c[out + 2 * stride + 2] = c22;
  c[out + 2 * stride + 3] = c23;
  c[out + 3 * stride] = c30;
  c[out + 3 * stride + 1] = c31;
  c[out + 3 * stride + 2] = c32;
  c[out + 3 * stride + 3] = c33;
}
