import type { Compression, Projections } from "../ged/full/compression.ts";
import type { Moments } from "../ged/full/moments/moments.ts";
import type { Separation } from "../ged/full/separate.ts";
import type { ConditionName } from "../ged/method/directions.ts";
import { matrix, type Matrix } from "../linalg/matrix.ts";

/** Components `start` to `start + m` of one direction, at full width; signs settled. */
export interface MappedDirection {
  /** w, [m, k], `w'R~w = 1` */
  readonly vectors: Matrix;
  /** `V w`, [m, D] */
  readonly filters: Matrix;
  /** The carried condition's covariance times the unit direction, [m, D] (Haufe et al. 2014, eq. 7). */
  readonly patterns: Matrix;
  /** Centred rows on the unit directions; undefined if the rows are out of reach. */
  readonly projections: Projections | undefined;
  /** Target mean minus reference mean on the unit directions, [m]. */
  readonly meanDifference: Float64Array;
}

/**
 * Maps components back to neurons. The sign of each is such that its largest loading by magnitude is
 * positive (the first of equals), so that two identical runs never differ by a sign.
 * @param carried the condition whose variance the direction carries
 * @param start the first component, from 0
 * @param count m
 */
export async function mapDirection(
  compression: Compression,
  separation: Separation,
  carried: ConditionName,
  means: Pick<Moments, "target" | "reference">,
  start: number,
  count: number,
): Promise<MappedDirection> {
  const k = separation.vectors.columns;
  const vectors = matrix(count, k, separation.vectors.values.slice(start * k, (start + count) * k));
  const filters = compression.toNeurons(vectors);
  for (let i = 0; i < count; i += 1) {
    if (largestByMagnitude(row(filters, i)) < 0) {
      negate(row(filters, i));
      negate(row(vectors, i));
    }
  }
  const units = matrix(count, k, vectors.values.slice());
  const meanDifference = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    // |V w| = |w|, since the basis is orthonormal.
    const length = norm(row(units, i));
    const unit = row(units, i);
    for (let c = 0; c < k; c += 1) unit[c] /= length;
    const filter = row(filters, i);
    for (let j = 0; j < filter.length; j += 1) {
      meanDifference[i] += (means.target.mean[j] - means.reference.mean[j]) * filter[j];
    }
    meanDifference[i] /= length;
  }
  return {
    vectors,
    filters,
    patterns: compression.covarianceTimes(carried, units),
    projections: await compression.project(units),
    meanDifference,
  };
}

/** Row i of a matrix, as a view. */
export function row(a: Matrix, i: number): Float64Array {
  return a.values.subarray(i * a.columns, (i + 1) * a.columns);
}

/** Euclidean length. */
export function norm(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

function largestByMagnitude(values: Float64Array): number {
  let largest = 0;
  for (const value of values) if (Math.abs(value) > Math.abs(largest)) largest = value;
  return largest;
}

function negate(values: Float64Array): void {
  for (let i = 0; i < values.length; i += 1) values[i] = -values[i];
}
