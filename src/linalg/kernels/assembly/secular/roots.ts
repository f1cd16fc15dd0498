// All roots of a secular equation, taken by the threads in turn, and the products of the distances between roots and
// poles from which the weights are found again.

import { takeTile } from "../threads";
import { findRoot } from "./findRoot";
import { countAt, distanceOf, originOf, pieceOf, polesAt, rootsTaken, weightsAt } from "./problem";

/** Roots `first` to `last` (exclusive) of those that {@link prepareSecular} asked for, on the calling thread. */
export function findRoots(first: i32, last: i32): void {
  const count = load<i32>(countAt);
  for (let j = first; j < last; j++) findRoot(j, count);
}

/**
 * `products[i] = prod_j (d_i - l_j) / (d_i - d_j)` over the first `roots` roots and poles, without the divisor for
 * i = j: what the invariant subspace of these roots is made of.
 * @param products `[count]`
 */
export function multiplyRoots(roots: i32, products: usize): void {
  const count = load<i32>(countAt);
  for (let i = 0; i < count; i++) store<f64>(products + (<usize>i << 3), 1);
  for (let j = 0; j < roots; j++) multiplyProducts(j, count, products);
}

/** Finds roots, and multiplies up what `collectWeights` needs of them. */
export function runSecularRoots(thread: i32): void {
  const count = load<i32>(countAt);
  let products: usize = 0;
  while (true) {
    const first = takeTile() * rootsTaken;
    if (first >= count) return;
    if (products == 0) {
      const piece = pieceOf(thread);
      store<i32>(piece, 1);
      products = piece + 8;
      for (let i = 0; i < count; i++) store<f64>(products + (<usize>i << 3), 1);
    }
    const last = min(count, first + rootsTaken);
    for (let j = first; j < last; j++) {
      findRoot(j, count);
      multiplyProducts(j, count, products);
    }
  }
}

/**
 * Replaces the weights by those of which the roots found are the exact ones (Gu and Eisenstat): the
 * vectors made of them are then orthogonal, however close the roots lie.
 */
export function collectWeights(threads: i32): void {
  const count = load<i32>(countAt);
  const weights = <usize>load<u32>(weightsAt);
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 3;
    let product: f64 = 1;
    for (let thread = 0; thread < threads; thread++) {
      const piece = pieceOf(thread);
      if (load<i32>(piece) != 0) product *= load<f64>(piece + 8 + at);
    }
    const size = sqrt(abs(product));
    store<f64>(weights + at, load<f64>(weights + at) < 0 ? -size : size);
  }
  for (let thread = 0; thread < threads; thread++) store<i32>(pieceOf(thread), 0);
}

/** `products[i] *= (d_i - l_j) / (d_i - d_j)`, without the divisor for i = j. */
function multiplyProducts(j: i32, count: i32, products: usize): void {
  const poles = <usize>load<u32>(polesAt);
  const origin = load<f64>(poles + (<usize>originOf(j) << 3));
  const distance = distanceOf(j);
  const own = load<f64>(poles + (<usize>j << 3));
  multiplyRange(0, j, poles, origin, distance, own, products);
  multiplyRange(j + 1, count, poles, origin, distance, own, products);
  const at = products + (<usize>j << 3);
  store<f64>(at, load<f64>(at) * (own - origin - distance));
}

function multiplyRange(
  from: i32,
  to: i32,
  poles: usize,
  origin: f64,
  distance: f64,
  own: f64,
  products: usize,
): void {
  let at = <usize>from << 3;
  const end = <usize>to << 3;
  const origins = f64x2.splat(origin);
  const distances = f64x2.splat(distance);
  const owns = f64x2.splat(own);
  for (; at + 16 <= end; at += 16) {
    const pole = v128.load(poles + at);
    const numerator = f64x2.sub(f64x2.sub(pole, origins), distances);
    const quotient = f64x2.div(numerator, f64x2.sub(pole, owns));
    v128.store(products + at, f64x2.mul(v128.load(products + at), quotient));
  }
  if (at < end) {
    const pole = load<f64>(poles + at);
    store<f64>(products + at, (load<f64>(products + at) * (pole - origin - distance)) / (pole - own));
  }
}
