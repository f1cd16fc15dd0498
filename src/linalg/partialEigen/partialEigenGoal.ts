import type { Matrix } from "../matrix.ts";

/** Wanted vectors beyond this share of the order cost as much as a full decomposition. */
export const mostWantedShare = 1 / 3;
/** As above, of the least that a share of the trace can need: where a spectrum decays evenly it needs twice as many. */
const mostLeastShare = 1 / 5;

/** Eigenvalues that may stand out from the rest; with more of them the least would become nearly what is needed. */
const mostOutliers = 16;

/** What is known of a symmetric matrix before it is decomposed. */
export interface SpectrumBounds {
  readonly trace: number;
  /** Square root of the sum of all squares, or a good estimate of it: no eigenvalue is larger. */
  readonly frobeniusNorm: number;
  readonly isEstimate?: boolean;
}

/** The bounds of a matrix that is there, `[n, n]`. */
export function measureSpectrum(a: Matrix): SpectrumBounds {
  const { values } = a;
  let square = 0;
  // Several times faster than an iterator, over millions of entries.
  for (let i = 0; i < values.length; i++) square += values[i] * values[i];
  let trace = 0;
  for (let i = 0; i < a.rows; i++) trace += a.values[i * a.columns + i];
  return { trace, frobeniusNorm: Math.sqrt(square) };
}

/** What a partial decomposition looks for, and when it is found. */
export class PartialEigenGoal {
  /** Never fewer pairs than these will do. */
  readonly leastCount: number;
  readonly #trace: number;
  /** The sum of all squares, or undefined if it is only estimated. */
  readonly #square: number | undefined;
  /** The sum of eigenvalues to be reached, or undefined if pairs are counted. */
  readonly #target: number | undefined;

  /**
   * @param spectrum of a matrix that is positive semidefinite where a share of its trace is wanted
   * @throws RangeError if neither `count` nor `share` is given
   */
  constructor(
    spectrum: SpectrumBounds,
    wanted: { readonly count?: number; readonly share?: number },
  ) {
    this.#trace = spectrum.trace;
    const square = spectrum.frobeniusNorm ** 2;
    this.#square = spectrum.isEstimate === true ? undefined : square;
    if (wanted.share !== undefined) {
      // A hair less, so that rounding cannot ask for one pair more than there are.
      this.#target = wanted.share * this.#trace * (1 - 1e-12);
      // Cauchy and Schwarz: (sum of k eigenvalues)^2 <= k times the sum of all squares.
      this.leastCount = square === 0 ? 0 : Math.ceil(this.#target ** 2 / square);
    } else if (wanted.count !== undefined) {
      this.leastCount = wanted.count;
    } else {
      throw new RangeError("Say how many eigenpairs are wanted: `count` or `share`.");
    }
  }

  /** Whether a space of this dimension and sum of Ritz values is worth a closer look. */
  mayBeReached(dimension: number, ritzSum: number): boolean {
    if (this.#target !== undefined) return ritzSum >= this.#target;
    return dimension >= 1.5 * this.leastCount;
  }

  /** Whether so many pairs are wanted of a matrix of this order that a full decomposition is better. */
  wantsTooManyOf(order: number): boolean {
    const share = this.#target === undefined ? mostWantedShare : mostLeastShare;
    return this.leastCount > share * order;
  }

  /**
   * The same once some Ritz values are known: a few that stand out hide how flat the rest is. Where they are too small
   * yet, they say too little, never too much, since the least only grows with what stands out further.
   * @param findRitz descending
   */
  wantsTooManyBeside(findRitz: () => Float64Array, order: number): boolean {
    if (this.#target === undefined || this.#square === undefined) return false;
    const ritz = findRitz();
    let sum = this.#target;
    let square = this.#square;
    for (let m = 0; m < Math.min(mostOutliers, ritz.length); m++) {
      const value = ritz[m];
      if (!(value * sum > square)) return false;
      sum -= value;
      square -= value * value;
      if (!(square > 0)) return false;
      if (m + 1 + sum ** 2 / square > mostLeastShare * order) return true;
    }
    return false;
  }

  /** How much of the wanted sum a space with this sum of Ritz values holds; 1 where pairs are counted. */
  shareReached(ritzSum: number): number {
    return this.#target === undefined ? 1 : ritzSum / this.#target;
  }

  /** Whether a space that is invariant, of this dimension and sum, can have missed nothing. */
  isComplete(dimension: number, ritzSum: number): boolean {
    return this.#target !== undefined && dimension > 0 && ritzSum >= this.#trace * (1 - 1e-12);
  }

  /** How many of these Ritz values, descending, are wanted; undefined if they do not suffice. */
  countIn(values: Float64Array): number | undefined {
    if (this.#target === undefined) {
      return values.length >= this.leastCount ? this.leastCount : undefined;
    }
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      if (sum >= this.#target) return i;
      sum += values[i];
    }
    return sum >= this.#target ? values.length : undefined;
  }
}
