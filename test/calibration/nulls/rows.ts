import type { RandomStream } from "../../../src/statistics/random.ts";
import { matrix, type Matrix } from "../../../src/linalg/matrix.ts";
import type { RowNames } from "../../../src/ged/validation/design/design.ts";

/** One seeded data set whose labels carry nothing (or a larger scale, or a planted direction). */
export interface NullData {
  /** [N, D], target first. */
  readonly rows: Matrix;
  readonly targetRows: number;
  readonly referenceRows: number;
  readonly names: RowNames;
}

export const neurons = 60;
export type Draw = (random: RandomStream, deviate: () => number) => NullData;

/** A condition's rows, each [D]. */
export type Rows = Float64Array[];

export const spectrum = Float64Array.from({ length: neurons }, (_, j) => 1 / Math.sqrt(1 + j / 5));

export function independent(
  count: number,
  deviate: () => number,
  tails: () => number = () => 1,
): Rows {
  return Array.from({ length: count }, () => {
    const tail = tails();
    return spectrum.map((scale) => scale * tail * deviate());
  });
}

export function data(target: Rows, reference: Rows, names: RowNames = {}): NullData {
  const all = [...target, ...reference];
  const rows = matrix(all.length, neurons);
  all.forEach((row, i) => rows.values.set(row, i * neurons));
  return { rows, targetRows: target.length, referenceRows: reference.length, names };
}

/** Multivariate t with three degrees of freedom: one chi-square per row. */
export function heavyTail(deviate: () => number): () => number {
  return () => 1 / Math.sqrt((deviate() ** 2 + deviate() ** 2 + deviate() ** 2) / 3);
}

export function pairNames(count: number): string[] {
  return Array.from({ length: 2 * count }, (_, row) => `pair ${row % count}`);
}

export function paired(
  deviate: () => number,
  correlation: number,
): { target: Rows; reference: Rows } {
  const common = independent(24, deviate);
  const version = () =>
    independent(24, deviate).map((own, i) =>
      own.map(
        (value, j) => Math.sqrt(correlation) * common[i][j] + Math.sqrt(1 - correlation) * value,
      ),
    );
  return { target: version(), reference: version() };
}

/** Each row of the first `distinct` again and again, with a little noise of its own. */
export function repeated(distinct: Rows, rows: number, noise: number, deviate: () => number): Rows {
  return Array.from({ length: rows }, (_, i) =>
    distinct[i % distinct.length].map((value, j) => value + noise * spectrum[j] * deviate()),
  );
}

/** To half precision (IEEE 754 binary16), by rounding the significand to 11 bits; all values here are normal. */
export function toHalf(value: number): number {
  const step = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10);
  return value === 0 ? 0 : Math.round(value / step) * step;
}
