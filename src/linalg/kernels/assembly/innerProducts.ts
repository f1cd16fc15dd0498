// `C := beta C + alpha A B'` where A has few rows and both factors lie along the summed dimension: inner products
// of rows as they stand, since packing B would cost as much as multiplying it by so few rows. It takes the arguments
// of a product (`product.ts`).

import {
  aAt,
  aRowAt,
  alphaAt,
  bAt,
  bColumnAt,
  cAt,
  cRowAt,
  columnsAt,
  depthAt,
  overwriteAt,
  rowsAt,
} from "./productArguments";
import { takeTile } from "./threads";
import { dot, multiplyAdd, sumOfPair } from "./vector";

/** Rows of B that a thread takes at a time, a multiple of four. */
const taken: i32 = 32;
/** Steps summed at a time: four rows of B and the rows of A over so many stay in the first caches. */
const depthChunk: i32 = 256;

export function runInnerProducts(): void {
  const columns = load<i32>(columnsAt);
  const depth = load<i32>(depthAt);
  while (true) {
    const first = takeTile() * taken;
    if (first >= columns) return;
    const last = min(columns, first + taken);
    for (let step = 0; step < depth; step += depthChunk) {
      const add = step > 0 || load<i32>(overwriteAt) == 0;
      addChunk(first, last, step, min(depthChunk, depth - step), add);
    }
  }
}

/** Columns `first` to `last` of C, over some steps; `add` to what stands there. */
function addChunk(first: i32, last: i32, step: i32, steps: i32, add: bool): void {
  const rows = load<i32>(rowsAt);
  const alpha = load<f64>(alphaAt);
  const aBytes = <usize>load<u32>(aRowAt) << 3;
  const bBytes = <usize>load<u32>(bColumnAt) << 3;
  const cBytes = <usize>load<u32>(cRowAt) << 3;
  const a = <usize>load<u32>(aAt) + (<usize>step << 3);
  const b = <usize>load<u32>(bAt) + (<usize>step << 3);
  const c = <usize>load<u32>(cAt);
  const whole = last - ((last - first) & 3);
  const pairs = rows & ~1;
  for (let column = first; column < whole; column += 4) {
    const four = b + <usize>column * bBytes;
    const target = c + (<usize>column << 3);
    for (let row = 0; row < pairs; row += 2) {
      const at = target + <usize>row * cBytes;
      twoByFour(steps, a + <usize>row * aBytes, aBytes, four, bBytes, at, cBytes, alpha, add);
    }
    if (pairs < rows) {
      const last = a + <usize>pairs * aBytes;
      const at = target + <usize>pairs * cBytes;
      for (let j: usize = 0; j < 4; j++) {
        put(at + (j << 3), alpha * dot(last, four + j * bBytes, steps), add);
      }
    }
  }
  for (let column = whole; column < last; column++) {
    const one = b + <usize>column * bBytes;
    for (let row = 0; row < rows; row++) {
      const at = c + <usize>row * cBytes + (<usize>column << 3);
      put(at, alpha * dot(a + <usize>row * aBytes, one, steps), add);
    }
  }
}

@inline
function put(at: usize, value: f64, add: bool): void {
  store<f64>(at, add ? load<f64>(at) + value : value);
}

/** Two rows of A with four of B: eight sums of pairs in registers. */
function twoByFour(
  steps: i32,
  a: usize,
  aBytes: usize,
  b: usize,
  bBytes: usize,
  c: usize,
  cBytes: usize,
  alpha: f64,
  add: bool,
): void {
  const zero = f64x2.splat(0);
  let c00 = zero;
  let c01 = zero;
  let c02 = zero;
  let c03 = zero;
  let c10 = zero;
  let c11 = zero;
  let c12 = zero;
  let c13 = zero;
  let a0 = a;
  let a1 = a + aBytes;
  let b0 = b;
  let b1 = b + bBytes;
  let b2 = b1 + bBytes;
  let b3 = b2 + bBytes;
  const end = a + (<usize>(steps & ~1) << 3);
  while (a0 < end) {
    const x = v128.load(a0);
    const y = v128.load(a1);
    let z = v128.load(b0);
    c00 = multiplyAdd<f64>(x, z, c00);
    c10 = multiplyAdd<f64>(y, z, c10);
    z = v128.load(b1);
    c01 = multiplyAdd<f64>(x, z, c01);
    c11 = multiplyAdd<f64>(y, z, c11);
    z = v128.load(b2);
    c02 = multiplyAdd<f64>(x, z, c02);
    c12 = multiplyAdd<f64>(y, z, c12);
    z = v128.load(b3);
    c03 = multiplyAdd<f64>(x, z, c03);
    c13 = multiplyAdd<f64>(y, z, c13);
    a0 += 16;
    a1 += 16;
    b0 += 16;
    b1 += 16;
    b2 += 16;
    b3 += 16;
  }
  let s00 = sumOfPair(c00);
  let s01 = sumOfPair(c01);
  let s02 = sumOfPair(c02);
  let s03 = sumOfPair(c03);
  let s10 = sumOfPair(c10);
  let s11 = sumOfPair(c11);
  let s12 = sumOfPair(c12);
  let s13 = sumOfPair(c13);
  if (steps & 1) {
    const x = load<f64>(a0);
    const y = load<f64>(a1);
    s00 += x * load<f64>(b0);
    s01 += x * load<f64>(b1);
    s02 += x * load<f64>(b2);
    s03 += x * load<f64>(b3);
    s10 += y * load<f64>(b0);
    s11 += y * load<f64>(b1);
    s12 += y * load<f64>(b2);
    s13 += y * load<f64>(b3);
  }
  put(c, alpha * s00, add);
  put(c + 8, alpha * s01, add);
  put(c + 16, alpha * s02, add);
  put(c + 24, alpha * s03, add);
  put(c + cBytes, alpha * s10, add);
  put(c + cBytes + 8, alpha * s11, add);
  put(c + cBytes + 16, alpha * s12, add);
  put(c + cBytes + 24, alpha * s13, add);
}
