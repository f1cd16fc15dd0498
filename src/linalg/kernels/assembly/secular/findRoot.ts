// The eigenproblem of a diagonal matrix plus a rank-one matrix, `D + rho z z'`, by its secular equation
// `f(l) = 1 / rho + sum z_i^2 / (d_i - l) = 0` (LAPACK `dlaed4` and `dlaed3`; Li 1994, Gu and Eisenstat
// 1995). Poles d ascending and apart, no z_i zero, rho > 0. A root is kept as the nearest pole and the
// distance from it, so that the differences `d_i - l` are accurate to the last digit.

import { sumOfPair } from "../vector";
import { distancesAt, inverseRhoAt, originsAt, polesAt, weightsAt } from "./problem";

const epsilon: f64 = 1.1102230246251565e-16;
const mostSteps: i32 = 100;

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
export function findRoot(j: i32, count: i32): void {
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
