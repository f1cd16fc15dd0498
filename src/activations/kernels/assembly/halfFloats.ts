// AssemblyScript (not TypeScript): two-byte floats to float32 with 128-bit SIMD.
// Memory is imported and laid out by the caller; `source` and `target` are byte addresses in it.

/**
 * IEEE 754 binary16, exactly: infinities, NaN payloads and subnormal numbers included.
 * Sixteen values a step; `count` is rounded up to that.
 */
export function decodeFloat16(source: usize, target: usize, count: i32): void {
  const zero = i16x8.splat(0);
  const end = source + ((<usize>count) << 1);
  let largest = zero;
  let to = target;
  for (let from = source; from < end; from += 32) {
    const first = v128.load(from);
    const second = v128.load(from, 16);
    largest = i16x8.max_s(largest, v128.and(first, i16x8.splat(0x7fff)));
    largest = i16x8.max_s(largest, v128.and(second, i16x8.splat(0x7fff)));
    v128.store(to, widenFinite(lowHalves(zero, first)));
    v128.store(to, widenFinite(highHalves(zero, first)), 16);
    v128.store(to, widenFinite(lowHalves(zero, second)), 32);
    v128.store(to, widenFinite(highHalves(zero, second)), 48);
    to += 64;
  }
  // Infinities and NaN are rare: only where there are some, everything is gone through once more.
  if (v128.any_true(i16x8.ge_s(largest, i16x8.splat(0x7c00)))) markSpecial(source, target, end);
}

/** Gives infinities and NaN, which were taken for large numbers, the largest exponent. */
function markSpecial(source: usize, target: usize, end: usize): void {
  for (let from = source, to = target; from < end; from += 2, to += 4) {
    const half: u32 = load<u16>(from);
    if ((half & 0x7c00) == 0x7c00) store<u32>(to, load<u32>(to) | 0x7f800000);
  }
}

/** The first four values, each in the upper half of 32 bits. */
@inline
function lowHalves(zero: v128, halves: v128): v128 {
  return i8x16.shuffle(zero, halves, 0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23);
}

/** The last four. */
@inline
function highHalves(zero: v128, halves: v128): v128 {
  return i8x16.shuffle(zero, halves, 8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31);
}

/**
 * A finite value in the upper half of 32 bits. The exponent's bias is changed by an addition; for subnormal
 * numbers, 2^-14 is put in front of the fraction and taken away again, which normalises exactly.
 */
@inline
function widenFinite(half: v128): v128 {
  const sign = v128.and(half, i32x4.splat(0x80000000));
  const magnitude = i32x4.shr_u(v128.and(half, i32x4.splat(0x7fff0000)), 3);
  const isSubnormal = i32x4.lt_s(magnitude, i32x4.splat(1 << 23));
  const biased = i32x4.add(magnitude, i32x4.splat(112 << 23));
  const least = v128.and(isSubnormal, i32x4.splat(113 << 23));
  const put = i32x4.add(biased, v128.and(isSubnormal, i32x4.splat(1 << 23)));
  return v128.or(sign, f32x4.sub(put, least));
}

/** bfloat16 is the upper half of a float32. */
export function decodeBfloat16(source: usize, target: usize, count: i32): void {
  const zero = i16x8.splat(0);
  const end = source + ((<usize>count) << 1);
  while (source < end) {
    const first = v128.load(source);
    const second = v128.load(source, 16);
    v128.store(target, lowHalves(zero, first));
    v128.store(target, highHalves(zero, first), 16);
    v128.store(target, lowHalves(zero, second), 32);
    v128.store(target, highHalves(zero, second), 48);
    source += 32;
    target += 64;
  }
}
