/** The float32 bit pattern of a float16 bit pattern (IEEE 754-2008 binary16). */
function widen(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
  if (exponent !== 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  const shift = Math.clz32(fraction) - 21;
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}

let table: Uint32Array | undefined;

/**
 * All 65,536 float16 values as float32 bit patterns: one load a value is the fastest decode that plain
 * JavaScript has (256 kB, made on first use).
 */
export function float16Bits(): Uint32Array {
  if (table === undefined) {
    table = new Uint32Array(65536);
    for (let half = 0; half < 65536; half++) table[half] = widen(half);
  }
  return table;
}

let values: Float32Array | undefined;

/** All 65,536 float16 values, indexed by bit pattern. */
export function float16Values(): Float32Array {
  values ??= new Float32Array(float16Bits().buffer);
  return values;
}
