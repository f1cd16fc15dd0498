// Lanczos iteration with full reorthogonalisation (Parlett 1980, chapter 13) for `L^-1 D L'^-1`, D being a diagonal
// matrix plus one of low rank, `D = diag(d) + F M F'`.

import { solveVector, solveVectorTransposed } from "./triangularVector";
import { addTwo, dot, scale } from "./vector";

let order: i32 = 0;
let factor: usize = 0;
let diagonal: usize = 0;
let rank: i32 = 0;
let columns: usize = 0;
let middle: usize = 0;
let basis: usize = 0;
let work: usize = 0;

/**
 * @param factorAt L, `[order, order]`
 * @param columnsAt F, one column a row, `[rank, order]`
 * @param middleAt M, `[rank, rank]`, symmetric
 * @param basisAt `[steps + 1, order]`, whose first row is a unit vector; receives the others
 * @param workAt `[order + 2 rank]`
 */
export function prepareLanczos(
  orderOf: i32,
  factorAt: u32,
  diagonalAt: u32,
  rankOf: i32,
  columnsAt: u32,
  middleAt: u32,
  basisAt: u32,
  workAt: u32,
): void {
  order = orderOf;
  factor = factorAt;
  diagonal = diagonalAt;
  rank = rankOf;
  columns = columnsAt;
  middle = middleAt;
  basis = basisAt;
  work = workAt;
}

/**
 * Steps `from` to `to` (exclusive).
 * @param tridiagonal receives at row j the diagonal entry j and the entry that couples j and j + 1, `[steps, 2]`
 */
export function extendLanczos(from: i32, to: i32, tridiagonal: usize): void {
  const rowBytes = <usize>order << 3;
  for (let j = from; j < to; j++) {
    const own = basis + <usize>j * rowBytes;
    const next = own + rowBytes;
    memory.copy(next, own, rowBytes);
    apply(next);
    const overlap = orthogonalise(next, j + 1) + orthogonalise(next, j + 1);
    const length = sqrt(dot(next, next, order));
    scale(next, length > 0 ? 1 / length : 0, order);
    const entry = tridiagonal + (<usize>j << 4);
    store<f64>(entry, overlap);
    store<f64>(entry + 8, length);
  }
}

/** `x := L^-1 D L'^-1 x` */
function apply(x: usize): void {
  solveVectorTransposed(factor, order, order, x);
  const inner = work + (<usize>order << 3);
  const weights = inner + (<usize>rank << 3);
  const rowBytes = <usize>order << 3;
  for (let i = 0; i < rank; i++) {
    store<f64>(inner + (<usize>i << 3), dot(columns + <usize>i * rowBytes, x, order));
  }
  for (let i = 0; i < rank; i++) {
    const row = middle + ((<usize>i * <usize>rank) << 3);
    store<f64>(weights + (<usize>i << 3), dot(row, inner, rank));
  }
  for (let at: usize = 0; at < rowBytes; at += 8) {
    store<f64>(x + at, load<f64>(x + at) * load<f64>(diagonal + at));
  }
  let i = 0;
  for (; i + 2 <= rank; i += 2) {
    const column = columns + <usize>i * rowBytes;
    const weight = weights + (<usize>i << 3);
    addTwo(load<f64>(weight), column, load<f64>(weight + 8), column + rowBytes, x, order);
  }
  if (i < rank) {
    const column = columns + <usize>i * rowBytes;
    addTwo(load<f64>(weights + (<usize>i << 3)), column, 0, column, x, order);
  }
  solveVector(factor, order, order, x);
}

/**
 * Takes the first `count` rows of the basis off a vector.
 * @returns what was taken of the last of them
 */
function orthogonalise(x: usize, count: i32): f64 {
  const rowBytes = <usize>order << 3;
  let i = 0;
  let last: f64 = 0;
  for (; i + 2 <= count; i += 2) {
    const row = basis + <usize>i * rowBytes;
    const first = dot(row, x, order);
    last = dot(row + rowBytes, x, order);
    addTwo(-first, row, -last, row + rowBytes, x, order);
  }
  if (i < count) {
    const row = basis + <usize>i * rowBytes;
    last = dot(row, x, order);
    addTwo(-last, row, 0, row, x, order);
  }
  return last;
}
