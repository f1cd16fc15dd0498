import { formatProbability, formatProse, formatRatio } from "./words/numbers.ts";

/** How the reader's medium writes numbers. */
export interface NumberFormats {
  /** A variance. */
  readonly number: (value: number) => string;
  /** A bare ratio, as it stands in an interval. */
  readonly bare: (value: number) => string;
  /** A ratio with its unit: "3.10×". */
  readonly ratio: (value: number) => string;
  readonly probability: (value: number) => string;
}

/** As the panel and the editor write them. */
export const proseFormats: NumberFormats = {
  number: formatProse,
  bare: formatProse,
  ratio: formatRatio,
  probability: formatProbability,
};

/** What one component of one direction does, as far as the run knows. */
export interface Subject {
  readonly carried: string;
  readonly silent: string;
  /** What one row is called, in the plural. */
  readonly rows: string;
  /** From 0. */
  readonly index: number;
  /** In sample, on the unit direction. */
  readonly carriedVariance: number;
  readonly silentVariance: number;
}
