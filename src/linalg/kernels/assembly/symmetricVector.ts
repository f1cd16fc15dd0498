// `y = A v` for a symmetric A of which the lower triangle is stored: every row is read once and serves as
// row and as column. Threads take bands of rows and add into a y of their own.

import { jobBlock } from "./layout";
import { takeTile } from "./threads";
import { multiplyAdd, sumOfPair } from "./vector";

const matrixAt: usize = jobBlock + 4;
const rowAt: usize = jobBlock + 8;
const orderAt: usize = jobBlock + 12;
const vectorAt: usize = jobBlock + 16;
const partialsAt: usize = jobBlock + 20;
const partialBytesAt: usize = jobBlock + 24;

/** Rows that a thread takes at a time; a multiple of four. */
const band: i32 = 32;

/**
 * @param matrix address of A, `rowLength` elements from row to row
 * @param partials one piece a thread: a word that tells whether the thread took part, then its y
 */
export function prepareSymmetricVector(
  matrix: usize,
  rowLength: i32,
  order: i32,
  vector: usize,
  partials: usize,
  partialBytes: i32,
): void {
  store<u32>(matrixAt, <u32>matrix);
  store<i32>(rowAt, rowLength);
  store<i32>(orderAt, order);
  store<u32>(vectorAt, <u32>vector);
  store<u32>(partialsAt, <u32>partials);
  store<i32>(partialBytesAt, partialBytes);
}

/** Sums what the threads found into y and makes their pieces ready for the next product. */
export function collectSymmetricVector(y: usize, threads: i32): void {
  const order = load<i32>(orderAt);
  memory.fill(y, 0, <usize>order * 8);
  for (let thread = 0; thread < threads; thread++) {
    const piece = pieceOf(thread);
    if (load<i32>(piece) == 0) continue;
    store<i32>(piece, 0);
    for (let at: usize = 0; at < <usize>order * 8; at += 8) {
      store<f64>(y + at, load<f64>(y + at) + load<f64>(piece + 8 + at));
    }
  }
}

export function runSymmetricVector(thread: i32): void {
  const order = load<i32>(orderAt);
  const bands = (order + band - 1) / band;
  let partial: usize = 0;
  while (true) {
    // From the bottom, where rows are long, so that the last pieces of work are small.
    const taken = bands - 1 - takeTile();
    if (taken < 0) return;
    if (partial == 0) {
      const piece = pieceOf(thread);
      store<i32>(piece, 1);
      partial = piece + 8;
      memory.fill(partial, 0, <usize>order * 8);
    }
    const last = min(order, (taken + 1) * band);
    for (let row = taken * band; row < last; row += 4) {
      if (row + 4 <= last) addFourRows(row, partial);
      else for (let single = row; single < last; single++) addRow(single, partial);
    }
  }
}

@inline
function pieceOf(thread: i32): usize {
  return <usize>load<u32>(partialsAt) + <usize>(thread * load<i32>(partialBytesAt));
}

function addRow(row: i32, y: usize): void {
  const v = <usize>load<u32>(vectorAt);
  const a = <usize>load<u32>(matrixAt) + (<usize>row * <usize>load<i32>(rowAt) << 3);
  const own = load<f64>(v + (<usize>row << 3));
  let sum: f64 = 0;
  for (let at: usize = 0; at < <usize>row << 3; at += 8) {
    const entry = load<f64>(a + at);
    sum += entry * load<f64>(v + at);
    store<f64>(y + at, load<f64>(y + at) + entry * own);
  }
  const diagonal = y + (<usize>row << 3);
  store<f64>(diagonal, load<f64>(diagonal) + sum + load<f64>(a + (<usize>row << 3)) * own);
}

function addFourRows(row: i32, y: usize): void {
  const v = <usize>load<u32>(vectorAt);
  const rowBytes = <usize>load<i32>(rowAt) << 3;
  const a0 = <usize>load<u32>(matrixAt) + <usize>row * rowBytes;
  const a1 = a0 + rowBytes;
  const a2 = a1 + rowBytes;
  const a3 = a2 + rowBytes;
  const own = v + (<usize>row << 3);
  const v0 = v128.load64_splat(own);
  const v1 = v128.load64_splat(own + 8);
  const v2 = v128.load64_splat(own + 16);
  const v3 = v128.load64_splat(own + 24);
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  // Bands and groups begin at even rows, so pairs fit.
  const end = <usize>row << 3;
  for (let at: usize = 0; at < end; at += 16) {
    const pair = v128.load(v + at);
    let sum = v128.load(y + at);
    let entry = v128.load(a0 + at);
    sum = multiplyAdd<f64>(entry, v0, sum);
    s0 = multiplyAdd<f64>(entry, pair, s0);
    entry = v128.load(a1 + at);
    sum = multiplyAdd<f64>(entry, v1, sum);
    s1 = multiplyAdd<f64>(entry, pair, s1);
    entry = v128.load(a2 + at);
    sum = multiplyAdd<f64>(entry, v2, sum);
    s2 = multiplyAdd<f64>(entry, pair, s2);
    entry = v128.load(a3 + at);
    sum = multiplyAdd<f64>(entry, v3, sum);
    s3 = multiplyAdd<f64>(entry, pair, s3);
    v128.store(y + at, sum);
  }
  addCorner(a0 + end, 0, sumOfPair(s0), own, y + end);
  addCorner(a1 + end, 1, sumOfPair(s1), own, y + end);
  addCorner(a2 + end, 2, sumOfPair(s2), own, y + end);
  addCorner(a3 + end, 3, sumOfPair(s3), own, y + end);
}

/** The triangle where four rows meet the diagonal: row `r` of it, and the sum of that row so far. */
@inline
function addCorner(a: usize, r: i32, sum: f64, v: usize, y: usize): void {
  const own = load<f64>(v + (<usize>r << 3));
  for (let at: usize = 0; at < <usize>r << 3; at += 8) {
    const entry = load<f64>(a + at);
    sum += entry * load<f64>(v + at);
    store<f64>(y + at, load<f64>(y + at) + entry * own);
  }
  const diagonal = <usize>r << 3;
  store<f64>(y + diagonal, load<f64>(y + diagonal) + sum + load<f64>(a + diagonal) * own);
}
