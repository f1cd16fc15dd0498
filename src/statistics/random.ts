/**
 * xoshiro128** 1.1 (Blackman and Vigna 2018, public domain), seeded through the finalizer of MurmurHash3
 * (Appleby, public domain). One stream belongs to one (seed, purpose, index), so that what a permutation
 * or resample draws depends neither on the number of threads nor on what was drawn before it.
 */
export class RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /**
   * @param seed whole number, up to 2^53 - 1
   * @param purpose a number for each use of randomness: {@link purposes}
   * @param index which repeat, permutation or resample
   */
  constructor(seed: number, purpose: number, index: number) {
    let state = mix(seed % 2 ** 32);
    state = mix(state ^ Math.floor(seed / 2 ** 32));
    state = mix(state ^ purpose);
    state = mix(state ^ index);
    this.#a = mix(state + 0x9e3779b9);
    this.#b = mix(state + 0x3c6ef372);
    this.#c = mix(state + 0xdaa66d2b);
    // The state must not be all zero.
    this.#d = mix(state + 0x78dde6e4) || 1;
  }

  /** The next 32 random bits, 0 to 2^32 - 1. */
  next(): number {
    const product = Math.imul(this.#b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result >>> 0;
  }

  /** A whole number from 0 to `bound - 1`, each equally likely (rejection, so without bias). */
  below(bound: number): number {
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const bits = this.next();
      if (bits < limit) return bits % bound;
    }
  }

  /** Shuffles in place (Fisher and Yates, from the last entry down). */
  shuffle(values: { [index: number]: number; readonly length: number }): void {
    for (let i = values.length - 1; i > 0; i -= 1) {
      const j = this.below(i + 1);
      const kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }
}

/** What randomness is used for; each has streams of its own. */
export const purposes = { folds: 1, permutation: 2, bootstrap: 3, design: 4, learning: 5 } as const;

/** MurmurHash3's 32-bit finalizer. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
