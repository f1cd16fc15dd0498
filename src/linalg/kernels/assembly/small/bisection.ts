// Eigenvalues of two symmetric tridiagonal matrices at once, one in each half of a vector, by bisection on Sturm
// sequences (Barth, Martin and Wilkinson 1967; LAPACK `dstebz`). Divisions take the time, so that five eigenvalues of
// both are looked for side by side.

const together = 5;

/**
 * Halves intervals, each of which holds the eigenvalue of its place, the least first.
 * @param diagonals `[n, 2]`: entry i of both
 * @param squares `[n, 2]`: of the couplings of i and i - 1, above zero, so that a pivot of zero is followed by infinity
 * @param lows, highs `[count, 2]`, count a multiple of five: bounds of both
 * @param steps how often they are halved
 */
export function bisectPairs(
  diagonals: usize,
  squares: usize,
  n: i32,
  count: i32,
  lows: usize,
  highs: usize,
  steps: i32,
): void {
  for (let first = 0; first < count; first += together) {
    const at = <usize>first << 4;
    for (let step = 0; step < steps; step++) {
      halve(diagonals, squares, n, first, lows + at, highs + at);
    }
  }
}

function halve(d: usize, squares: usize, n: i32, first: i32, lows: usize, highs: usize): void {
  const x0 = middleOf(lows, highs, 0);
  const x1 = middleOf(lows, highs, 16);
  const x2 = middleOf(lows, highs, 32);
  const x3 = middleOf(lows, highs, 48);
  const x4 = middleOf(lows, highs, 64);
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  // How many pivots were negative.
  let c0 = zero;
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  let c4 = c0;
  let entry = v128.load(d);
  let p0 = f64x2.sub(entry, x0);
  let p1 = f64x2.sub(entry, x1);
  let p2 = f64x2.sub(entry, x2);
  let p3 = f64x2.sub(entry, x3);
  let p4 = f64x2.sub(entry, x4);
  c0 = f64x2.add(c0, v128.and(f64x2.lt(p0, zero), one));
  c1 = f64x2.add(c1, v128.and(f64x2.lt(p1, zero), one));
  c2 = f64x2.add(c2, v128.and(f64x2.lt(p2, zero), one));
  c3 = f64x2.add(c3, v128.and(f64x2.lt(p3, zero), one));
  c4 = f64x2.add(c4, v128.and(f64x2.lt(p4, zero), one));
  const end = <usize>n << 4;
  for (let at: usize = 16; at < end; at += 16) {
    entry = v128.load(d + at);
    const square = v128.load(squares + at);
    p0 = f64x2.sub(f64x2.sub(entry, x0), f64x2.div(square, p0));
    p1 = f64x2.sub(f64x2.sub(entry, x1), f64x2.div(square, p1));
    p2 = f64x2.sub(f64x2.sub(entry, x2), f64x2.div(square, p2));
    p3 = f64x2.sub(f64x2.sub(entry, x3), f64x2.div(square, p3));
    p4 = f64x2.sub(f64x2.sub(entry, x4), f64x2.div(square, p4));
    c0 = f64x2.add(c0, v128.and(f64x2.lt(p0, zero), one));
    c1 = f64x2.add(c1, v128.and(f64x2.lt(p1, zero), one));
    c2 = f64x2.add(c2, v128.and(f64x2.lt(p2, zero), one));
    c3 = f64x2.add(c3, v128.and(f64x2.lt(p3, zero), one));
    c4 = f64x2.add(c4, v128.and(f64x2.lt(p4, zero), one));
  }
  narrow(lows, highs, x0, c0, first);
  narrow(lows + 16, highs + 16, x1, c1, first + 1);
  narrow(lows + 32, highs + 32, x2, c2, first + 2);
  narrow(lows + 48, highs + 48, x3, c3, first + 3);
  narrow(lows + 64, highs + 64, x4, c4, first + 4);
}

@inline
function middleOf(lows: usize, highs: usize, at: usize): v128 {
  return f64x2.mul(f64x2.splat(0.5), f64x2.add(v128.load(lows + at), v128.load(highs + at)));
}

/** More than `place` eigenvalues below: the one of that place is among them. */
@inline
function narrow(low: usize, high: usize, x: v128, counts: v128, place: i32): void {
  const isBelow = f64x2.gt(counts, f64x2.splat(<f64>place));
  v128.store(high, v128.bitselect(x, v128.load(high), isBelow));
  v128.store(low, v128.bitselect(v128.load(low), x, isBelow));
}
