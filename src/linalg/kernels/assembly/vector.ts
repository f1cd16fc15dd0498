// Vector operations on float64, two values at a time; addresses in bytes, lengths in elements.

/** `a b + sum`, fused where the build allows. */
@inline
export function multiplyAdd<T>(a: v128, b: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, sum);
  return v128.add<T>(sum, v128.mul<T>(a, b));
}

@inline
export function sumOfPair(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** `x'y` */
export function dot(x: usize, y: usize, length: i32): f64 {
  let first = f64x2.splat(0);
  let second = f64x2.splat(0);
  let third = f64x2.splat(0);
  let fourth = f64x2.splat(0);
  const end = x + (<usize>length << 3);
  const whole = x + (<usize>(length & ~7) << 3);
  for (; x < whole; x += 64, y += 64) {
    first = multiplyAdd<f64>(v128.load(x), v128.load(y), first);
    second = multiplyAdd<f64>(v128.load(x, 16), v128.load(y, 16), second);
    third = multiplyAdd<f64>(v128.load(x, 32), v128.load(y, 32), third);
    fourth = multiplyAdd<f64>(v128.load(x, 48), v128.load(y, 48), fourth);
  }
  // Short vectors are mostly remainder, which pairs halve.
  const pairs = x + ((end - x) & ~15);
  for (; x < pairs; x += 16, y += 16) first = multiplyAdd<f64>(v128.load(x), v128.load(y), first);
  let sum = sumOfPair(f64x2.add(f64x2.add(first, second), f64x2.add(third, fourth)));
  if (x < end) sum += load<f64>(x) * load<f64>(y);
  return sum;
}

/** `y += p x1 + q x2` */
export function addTwo(p: f64, x1: usize, q: f64, x2: usize, y: usize, length: i32): void {
  const first = f64x2.splat(p);
  const second = f64x2.splat(q);
  const end = y + (<usize>length << 3);
  const whole = y + (<usize>(length & ~3) << 3);
  for (; y < whole; y += 32, x1 += 32, x2 += 32) {
    const low = multiplyAdd<f64>(first, v128.load(x1), v128.load(y));
    const high = multiplyAdd<f64>(first, v128.load(x1, 16), v128.load(y, 16));
    v128.store(y, multiplyAdd<f64>(second, v128.load(x2), low));
    v128.store(y, multiplyAdd<f64>(second, v128.load(x2, 16), high), 16);
  }
  const pairs = y + ((end - y) & ~15);
  for (; y < pairs; y += 16, x1 += 16, x2 += 16) {
    const sum = multiplyAdd<f64>(first, v128.load(x1), v128.load(y));
    v128.store(y, multiplyAdd<f64>(second, v128.load(x2), sum));
  }
  if (y < end) store<f64>(y, load<f64>(y) + p * load<f64>(x1) + q * load<f64>(x2));
}

/** `x *= factor` */
export function scale(x: usize, factor: f64, length: i32): void {
  const end = x + (<usize>length << 3);
  for (; x < end; x += 8) store<f64>(x, load<f64>(x) * factor);
}
