// The eigenproblem of a diagonal matrix plus a rank-one matrix, `D + rho z z'`, by its secular equation
// `f(l) = 1 / rho + sum z_i^2 / (d_i - l) = 0` (LAPACK `dlaed4` and `dlaed3`; Li 1994, Gu and Eisenstat
// 1995). Poles d ascending and apart, no z_i zero, rho > 0. A root is kept as the nearest pole and the
// distance from it, so that the differences `d_i - l` are accurate to the last digit.

import { jobBlock } from "./layout";
import { takeTile } from "./threads";
import { sumOfPair } from "./vector";

const countAt: usize = jobBlock + 4;
const polesAt: usize = jobBlock + 8;
const weightsAt: usize = jobBlock + 12;
const originsAt: usize = jobBlock + 16;
const distancesAt: usize = jobBlock + 20;
const partialsAt: usize = jobBlock + 24;
const partialBytesAt: usize = jobBlock + 28;
const rowsAt: usize = jobBlock + 32;
const wantedAt: usize = jobBlock + 36;
const placesAt: usize = jobBlock + 40;
const vectorsAt: usize = jobBlock + 44;
const inverseRhoAt: usize = jobBlock + 48;

const rootsTaken: i32 = 8;
const epsilon: f64 = 1.1102230246251565e-16;
const mostSteps: i32 = 100;

/**
 * @param poles, weights `[count]`: d and z
 * @param origins `[count]` i32, distances `[count]` f64: receive root j as `d[origins[j]] + distances[j]`
 * @param partials one piece a thread: a word that tells whether the thread took part, then `[count]`
 */
export function prepareSecular(
  count: i32,
  poles: u32,
  weights: u32,
  rho: f64,
  origins: u32,
  distances: u32,
  partials: u32,
  partialBytes: i32,
): void {
  store<i32>(countAt, count);
  store<u32>(polesAt, poles);
  store<u32>(weightsAt, weights);
  store<f64>(inverseRhoAt, 1 / rho);
  store<u32>(originsAt, origins);
  store<u32>(distancesAt, distances);
  store<u32>(partialsAt, partials);
  store<i32>(partialBytesAt, partialBytes);
}

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

/**
 * Asks for the unit eigenvectors of some roots.
 * @param wanted `[rows]` i32, the roots
 * @param places `[count]` i32: the column of component i
 * @param vectors `[rows, count]`, receives the vectors, one per row
 */
export function prepareSecularVectors(
  rows: i32,
  wanted: u32,
  places: u32,
  vectors: u32,
): void {
  store<i32>(rowsAt, rows);
  store<u32>(wantedAt, wanted);
  store<u32>(placesAt, places);
  store<u32>(vectorsAt, vectors);
}

export function runSecularVectors(): void {
  const rows = load<i32>(rowsAt);
  const count = load<i32>(countAt);
  const poles = <usize>load<u32>(polesAt);
  const weights = <usize>load<u32>(weightsAt);
  const places = <usize>load<u32>(placesAt);
  while (true) {
    const first = takeTile() * rootsTaken;
    if (first >= rows) return;
    const last = min(rows, first + rootsTaken);
    for (let row = first; row < last; row++) {
      const j = load<i32>(<usize>load<u32>(wantedAt) + (<usize>row << 2));
      const origin = load<f64>(poles + (<usize>originOf(j) << 3));
      const distance = distanceOf(j);
      const vector = <usize>load<u32>(vectorsAt) + (<usize>row * <usize>count << 3);
      let square: f64 = 0;
      for (let i = 0; i < count; i++) {
        const at = <usize>i << 3;
        const component =
          load<f64>(weights + at) / (load<f64>(poles + at) - origin - distance);
        square += component * component;
        store<f64>(vector + (<usize>load<i32>(places + (<usize>i << 2)) << 3), component);
      }
      const length = 1 / sqrt(square);
      for (let at = vector; at < vector + (<usize>count << 3); at += 8) {
        store<f64>(at, load<f64>(at) * length);
      }
    }
  }
}

@inline
function pieceOf(thread: i32): usize {
  return <usize>load<u32>(partialsAt) + <usize>(thread * load<i32>(partialBytesAt));
}

@inline
function originOf(j: i32): i32 {
  return load<i32>(<usize>load<u32>(originsAt) + (<usize>j << 2));
}

@inline
function distanceOf(j: i32): f64 {
  return load<f64>(<usize>load<u32>(distancesAt) + (<usize>j << 3));
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

// What `sumTerms` found: the sum of z_i^2 / (d_i - l) over a range and its derivative.
let termSum: f64 = 0;
let termSlope: f64 = 0;

function sumTerms(from: i32, to: i32, origin: f64, distance: f64): void {
  const poles = <usize>load<u32>(polesAt);
  const weights = <usize>load<u32>(weightsAt);
  const origins = f64x2.splat(origin);
  const distances = f64x2.splat(distance);
  let sums = f64x2.splat(0);
  let slopes = f64x2.splat(0);
  let at = <usize>from << 3;
  const end = <usize>to << 3;
  for (; at + 16 <= end; at += 16) {
    const weight = v128.load(weights + at);
    const difference = f64x2.sub(f64x2.sub(v128.load(poles + at), origins), distances);
    const quotient = f64x2.div(weight, difference);
    sums = f64x2.add(sums, f64x2.mul(weight, quotient));
    slopes = f64x2.add(slopes, f64x2.mul(quotient, quotient));
  }
  termSum = sumOfPair(sums);
  termSlope = sumOfPair(slopes);
  if (at < end) {
    const weight = load<f64>(weights + at);
    const quotient = weight / (load<f64>(poles + at) - origin - distance);
    termSum += weight * quotient;
    termSlope += quotient * quotient;
  }
}

/** Root j, between poles j and j + 1, the last one beyond the last pole. */
function findRoot(j: i32, count: i32): void {
  const poles = <usize>load<u32>(polesAt);
  const inverseRho = load<f64>(inverseRhoAt);
  const isLast = j == count - 1;
  const here = load<f64>(poles + (<usize>j << 3));
  let origin = j;
  let low: f64 = 0;
  let high: f64;
  let distance: f64;
  if (isLast) {
    sumSquares(count);
    high = termSum / inverseRho;
    distance = high / 2;
  } else {
    const gap = load<f64>(poles + (<usize>(j + 1) << 3)) - here;
    const half = gap / 2;
    sumTerms(0, count, here, half);
    const leftHalf = inverseRho + termSum >= 0;
    distance = guessBetween(j, gap, leftHalf, inverseRho + termSum);
    if (leftHalf) {
      high = half;
    } else {
      origin = j + 1;
      low = -half;
      high = 0;
    }
    if (!(distance > low && distance < high)) distance = (low + high) / 2;
  }
  const originPole = load<f64>(poles + (<usize>origin << 3));
  // The two poles whose terms the interpolation keeps: either side of the root, or the last two.
  const left = isLast ? j - 1 : j;
  for (let step = 0; step < mostSteps; step++) {
    sumTerms(0, left + 1, originPole, distance);
    const psi = termSum;
    const psiSlope = termSlope;
    sumTerms(left + 1, count, originPole, distance);
    const phi = termSum;
    const phiSlope = termSlope;
    const value = inverseRho + psi + phi;
    const slope = psiSlope + phiSlope;
    const roundoff = 8 * (abs(psi) + abs(phi)) + inverseRho + abs(distance) * slope;
    if (abs(value) <= epsilon * roundoff) break;
    if (value < 0) low = max(low, distance);
    else high = min(high, distance);
    let next = distance + interpolate(left, originPole, distance, value, psiSlope, phiSlope, isLast);
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (next == distance || high - low <= 2 * epsilon * abs(distance)) break;
    distance = next;
  }
  store<i32>(<usize>load<u32>(originsAt) + (<usize>j << 2), origin);
  store<f64>(<usize>load<u32>(distancesAt) + (<usize>j << 3), distance);
}

function sumSquares(count: i32): void {
  const weights = <usize>load<u32>(weightsAt);
  termSum = 0;
  for (let at = weights; at < weights + (<usize>count << 3); at += 8) {
    termSum += load<f64>(at) * load<f64>(at);
  }
}

/**
 * A first distance: the two neighbouring poles are kept, the others are frozen at the middle of the gap.
 * @param middle f at the middle
 */
function guessBetween(j: i32, gap: f64, leftHalf: bool, middle: f64): f64 {
  const weights = <usize>load<u32>(weightsAt);
  const z1 = load<f64>(weights + (<usize>j << 3));
  const z2 = load<f64>(weights + (<usize>(j + 1) << 3));
  const left = z1 * z1;
  const right = z2 * z2;
  const half = gap / 2;
  const others = middle + left / half - right / half;
  if (leftHalf) {
    const a = others * gap + left + right;
    const b = left * gap;
    const root = sqrt(abs(a * a - 4 * b * others));
    return a > 0 ? (2 * b) / (a + root) : (a - root) / (2 * others);
  }
  const a = others * gap - left - right;
  const b = right * gap;
  const root = sqrt(abs(a * a + 4 * b * others));
  return a < 0 ? (2 * b) / (a - root) : -(a + root) / (2 * others);
}

/** The step to the root of the rational function that has f's value and both slopes here (Li's middle way). */
function interpolate(
  left: i32,
  originPole: f64,
  distance: f64,
  value: f64,
  psiSlope: f64,
  phiSlope: f64,
  isLast: bool,
): f64 {
  const poles = <usize>load<u32>(polesAt);
  const slope = psiSlope + phiSlope;
  const second = load<f64>(poles + (<usize>(left + 1) << 3)) - originPole - distance;
  // A single pole: Newton's step on 1 / f.
  const first =
    left < 0 ? second : load<f64>(poles + (<usize>left << 3)) - originPole - distance;
  let c = value - first * psiSlope - second * phiSlope;
  const a = (first + second) * value - first * second * slope;
  const b = first * second * value;
  let step: f64;
  if (isLast) {
    c = abs(c);
    const root = sqrt(abs(a * a - 4 * b * c));
    if (c == 0) step = -value / slope;
    else step = a >= 0 ? (a + root) / (2 * c) : (2 * b) / (a - root);
  } else {
    const root = sqrt(abs(a * a - 4 * b * c));
    if (c == 0) step = b / a;
    else step = a <= 0 ? (a - root) / (2 * c) : (2 * b) / (a + root);
  }
  return value * step >= 0 ? -value / slope : step;
}
