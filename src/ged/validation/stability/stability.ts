import { matrix, type Matrix } from "../../../linalg/matrix.ts";
import type { Products } from "../../../linalg/products.ts";
import type { Interval, ValidationReport } from "../report.ts";
import type { BootstrapFit } from "./bootstrap.ts";
import { quantile } from "../../../statistics/quantile.ts";

export type StabilityReport = NonNullable<ValidationReport["stability"]>;

/** How many of the largest loadings count as the top, and how many neurons are reported. */
const topNeurons = 20;
const reportedNeurons = 50;

/**
 * Percentile intervals over resamples, by neuron for those with the largest loadings.
 * @param observed [N] coefficients of the direction as fitted on all rows
 * @param rows [N, D]; without it there are no neurons to speak of
 */
export function stabilityReport(
  fits: readonly BootstrapFit[],
  observed: Float64Array,
  components: number,
  seed: number,
  rows: Matrix | undefined,
  products: Products,
): StabilityReport {
  return {
    resamples: fits.length,
    seed,
    angle: summary(fits.map((fit) => fit.angle)),
    subspaceAngle: { components, ...summary(fits.map((fit) => fit.subspaceAngle)) },
    neurons: rows === undefined ? [] : neuronIntervals(fits, observed, rows, products),
  };
}

function neuronIntervals(
  fits: readonly BootstrapFit[],
  observed: Float64Array,
  rows: Matrix,
  products: Products,
): StabilityReport["neurons"] {
  const loadings = toNeurons(
    fits.map((fit) => fit.loading),
    rows,
    products,
  );
  const patterns = toNeurons(
    fits.map((fit) => fit.pattern),
    rows,
    products,
  );
  const own = toNeurons([observed], rows, products).values;
  const neurons = largest(own, Math.min(reportedNeurons, rows.columns));
  const timesOnTop = new Map<number, number>();
  for (let f = 0; f < fits.length; f += 1) {
    const resampled = loadings.values.subarray(f * rows.columns, (f + 1) * rows.columns);
    for (const neuron of largest(resampled, Math.min(topNeurons, rows.columns))) {
      timesOnTop.set(neuron, (timesOnTop.get(neuron) ?? 0) + 1);
    }
  }
  return neurons.map((neuron) => ({
    neuron,
    loading: interval(columnOf(loadings, neuron)),
    pattern: interval(columnOf(patterns, neuron)),
    topShare: (timesOnTop.get(neuron) ?? 0) / fits.length,
  }));
}

/** [f, D]: sums of rows with the given coefficients. */
function toNeurons(
  coefficients: readonly Float64Array[],
  rows: Matrix,
  products: Products,
): Matrix {
  const stacked = matrix(coefficients.length, rows.rows);
  coefficients.forEach((own, f) => stacked.values.set(own, f * rows.rows));
  return products.multiply(stacked, rows);
}

/** Indices of the entries of largest magnitude, largest first. */
function largest(values: Float64Array, count: number): number[] {
  return Array.from(values.keys())
    .sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]))
    .slice(0, count);
}

function columnOf(values: Matrix, column: number): number[] {
  return Array.from({ length: values.rows }, (_, i) => values.values[i * values.columns + column]);
}

function interval(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).sort();
  return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}

function summary(values: readonly number[]): { median: number; low: number; high: number } {
  const sorted = Float64Array.from(values).sort();
  return { median: quantile(sorted, 0.5), ...interval(values) };
}
