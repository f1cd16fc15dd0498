// The innermost products: a tile of C held in registers, one rank-1 update of it a depth step.

import { tileRows } from "./tileRows";
import { multiplyAdd } from "./vector";

/** Columns of a tile: two vectors. */
@inline
export function tileColumns<T>(): i32 {
  return sizeof<T>() == 4 ? 8 : 4;
}

@inline
function broadcast<T>(address: usize): v128 {
  return sizeof<T>() == 4 ? v128.load32_splat(address) : v128.load64_splat(address);
}

/** `C += alpha * accumulators` for one row of the tile; C is float64 whatever the factors are. */
@inline
function addRow<T>(c: usize, alpha: v128, left: v128, right: v128): void {
  if (sizeof<T>() == 4) {
    addPair(c, alpha, f64x2.promote_low_f32x4(left));
    addPair(c + 16, alpha, f64x2.promote_low_f32x4(v128.shuffle<u64>(left, left, 1, 1)));
    addPair(c + 32, alpha, f64x2.promote_low_f32x4(right));
    addPair(c + 48, alpha, f64x2.promote_low_f32x4(v128.shuffle<u64>(right, right, 1, 1)));
  } else {
    addPair(c, alpha, left);
    addPair(c + 16, alpha, right);
  }
}

@inline
function addPair(c: usize, alpha: v128, pair: v128): void {
  v128.store(c, f64x2.add(v128.load(c), f64x2.mul(alpha, pair)));
}

/**
 * `C += alpha A B` on one tile: A packed `[depth, tileRows]`, B packed `[depth, tileColumns]`, C float64.
 * @param rowBytes distance between rows of C
 */
export function multiplyTile<T>(
  depth: i32,
  a: usize,
  b: usize,
  c: usize,
  rowBytes: usize,
  alpha: f64,
): void {
  const zero = f64x2.splat(0);
  let c00 = zero;
  let c01 = zero;
  let c10 = zero;
  let c11 = zero;
  let c20 = zero;
  let c21 = zero;
  let c30 = zero;
  let c31 = zero;
  let c40 = zero;
  let c41 = zero;
  let c50 = zero;
  let c51 = zero;
  const aBytes: usize = <usize>tileRows * sizeof<T>();
  const end = b + (<usize>depth << 5);
  while (b < end) {
    const left = v128.load(b);
    const right = v128.load(b, 16);
    let entry = broadcast<T>(a);
    c00 = multiplyAdd<T>(entry, left, c00);
    c01 = multiplyAdd<T>(entry, right, c01);
    entry = broadcast<T>(a + sizeof<T>());
    c10 = multiplyAdd<T>(entry, left, c10);
    c11 = multiplyAdd<T>(entry, right, c11);
    entry = broadcast<T>(a + 2 * sizeof<T>());
    c20 = multiplyAdd<T>(entry, left, c20);
    c21 = multiplyAdd<T>(entry, right, c21);
    entry = broadcast<T>(a + 3 * sizeof<T>());
    c30 = multiplyAdd<T>(entry, left, c30);
    c31 = multiplyAdd<T>(entry, right, c31);
    if (tileRows == 6) {
      entry = broadcast<T>(a + 4 * sizeof<T>());
      c40 = multiplyAdd<T>(entry, left, c40);
      c41 = multiplyAdd<T>(entry, right, c41);
      entry = broadcast<T>(a + 5 * sizeof<T>());
      c50 = multiplyAdd<T>(entry, left, c50);
      c51 = multiplyAdd<T>(entry, right, c51);
    }
    a += aBytes;
    b += 32;
  }
  const scale = f64x2.splat(alpha);
  addRow<T>(c, scale, c00, c01);
  addRow<T>(c + rowBytes, scale, c10, c11);
  addRow<T>(c + 2 * rowBytes, scale, c20, c21);
  addRow<T>(c + 3 * rowBytes, scale, c30, c31);
  if (tileRows == 6) {
    addRow<T>(c + 4 * rowBytes, scale, c40, c41);
    addRow<T>(c + 5 * rowBytes, scale, c50, c51);
  }
}
