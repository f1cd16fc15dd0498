import { matrix, type Matrix } from "../../../linalg/matrix.ts";
import type { Products } from "../../../linalg/products.ts";
import { quantile } from "../../../statistics/quantile.ts";
import type { Interval } from "../report.ts";
import type { AngleSpread, ResampledNeuron, Stability } from "./report.ts";
import { significance } from "../verdict.ts";
import type { BootstrapFit } from "./bootstrap.ts";
import { neuronDiscoveries } from "./neuronDiscoveries.ts";
import type { RowSums } from "./rowSums.ts";

/** How many of the largest loadings count as the top, and how many neurons are reported. */
const topNeurons = 20;
const reportedNeurons = 50;

/** What resamples and permutations gave of one direction. */
export interface StabilityEvidence {
  readonly fits: readonly BootstrapFit[];
  /** Resamples with permuted labels; none if labels cannot be permuted. */
  readonly permuted: readonly BootstrapFit[];
  /** Component 1 as fitted on all rows, its pattern over the SD of its projections. */
  readonly observed: RowSums;
  /** The same with the labels of each permutation. */
  readonly relabelled: readonly RowSums[];
  /** How many components were compared. */
  readonly components: number;
  /** p of the held-out ratio; undefined if nothing is held out. */
  readonly p: number | undefined;
  readonly seed: number;
}

/**
 * Percentile intervals over resamples, by neuron for those with the largest loadings, beside the same with permuted
 * labels, and which loadings permuted labels do not give.
 * @param rows [N, D]; without it there are no neurons to speak of
 */
export function stabilityReport(
  evidence: StabilityEvidence,
  rows: Matrix | undefined,
  products: Products,
): Stability {
  const { fits, components, seed } = evidence;
  const angles = {
    resamples: fits.length,
    seed,
    angle: spread(fits.map((fit) => fit.angle)),
    subspaceAngle: { components, ...spread(fits.map((fit) => fit.subspaceAngle)) },
  };
  if (rows === undefined) return { ...angles, neurons: [] };
  const toNeurons = (coefficients: readonly Float64Array[]): Matrix => {
    const stacked = matrix(coefficients.length, rows.rows);
    coefficients.forEach((own, f) => stacked.values.set(own, f * rows.rows));
    return products.multiply(stacked, rows);
  };
  const loadings = toNeurons([evidence.observed.loading]).values;
  const reported = largest(loadings, reportedNeurons);
  const own = resampledNeurons(fits, reported, toNeurons);
  const permuted =
    evidence.permuted.length === 0
      ? undefined
      : resampledNeurons(evidence.permuted, reported, toNeurons);
  const found = discoveries(evidence, toNeurons);
  return {
    ...angles,
    neurons: reported.map((neuron, i) => ({
      neuron,
      ...own[i],
      ...(permuted === undefined ? {} : { permuted: permuted[i] }),
      ...(found === undefined
        ? {}
        : { q: { loading: found.loading.q[neuron], pattern: found.pattern.q[neuron] } }),
    })),
    ...(found === undefined
      ? {}
      : {
          discoveries: {
            rate: significance,
            permutations: evidence.relabelled.length,
            loading: found.loading.neurons,
            pattern: found.pattern.neurons,
          },
        }),
  };
}

interface Discoveries {
  /** [D] */
  readonly q: Float64Array;
  readonly neurons: readonly number[];
}

/** Undefined if labels were not permuted, or nothing was held out that could be tested. */
function discoveries(
  { p, observed, relabelled }: StabilityEvidence,
  toNeurons: (coefficients: readonly Float64Array[]) => Matrix,
): { readonly loading: Discoveries; readonly pattern: Discoveries } | undefined {
  if (p === undefined || relabelled.length === 0) return undefined;
  const among = (quantity: keyof RowSums): Discoveries => {
    const { values } = toNeurons([observed[quantity]]);
    const q = neuronDiscoveries(values, toNeurons(relabelled.map((own) => own[quantity])), p);
    const neurons = largest(values, values.length).filter((neuron) => q[neuron] <= significance);
    return { q, neurons };
  };
  return { loading: among("loading"), pattern: among("pattern") };
}

/** What the resamples give of each of the neurons. */
function resampledNeurons(
  fits: readonly BootstrapFit[],
  neurons: readonly number[],
  toNeurons: (coefficients: readonly Float64Array[]) => Matrix,
): ResampledNeuron[] {
  const loadings = toNeurons(fits.map((fit) => fit.loading));
  const patterns = toNeurons(fits.map((fit) => fit.pattern));
  const timesOnTop = new Map<number, number>();
  for (let f = 0; f < fits.length; f += 1) {
    const { columns, values } = loadings;
    for (const neuron of largest(values.subarray(f * columns, (f + 1) * columns), topNeurons)) {
      timesOnTop.set(neuron, (timesOnTop.get(neuron) ?? 0) + 1);
    }
  }
  return neurons.map((neuron) => ({
    loading: interval(columnOf(loadings, neuron)),
    pattern: interval(columnOf(patterns, neuron)),
    topShare: (timesOnTop.get(neuron) ?? 0) / fits.length,
  }));
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

function spread(values: readonly number[]): AngleSpread {
  const sorted = Float64Array.from(values).sort();
  return { median: quantile(sorted, 0.5), ...interval(values) };
}
