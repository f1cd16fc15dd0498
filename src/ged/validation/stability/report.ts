import type { Interval } from "../../../statistics/interval.ts";

/** What of a neuron's part in component 1 stays when rows are drawn anew. */
export interface ResampledNeuron {
  readonly loading: Interval;
  readonly pattern: Interval;
  /** Share of resamples in which the neuron is among the 20 largest loadings. */
  readonly topShare: number;
}

/** Degrees. */
export interface AngleSpread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export interface Stability {
  readonly resamples: number;
  readonly seed: number;
  /** Between the direction and its resampled counterpart. */
  readonly angle: AngleSpread;
  /** The largest principal angle between the spans of the first components and their counterparts. */
  readonly subspaceAngle: AngleSpread & { readonly components: number };
  /** Of the largest loadings. */
  readonly neurons: readonly (ResampledNeuron & {
    readonly neuron: number;
    /** The same resamples with permuted labels. */
    readonly permuted?: ResampledNeuron;
    /** The smallest rate of false discoveries at which the neuron is one; see `neuronDiscoveries`. */
    readonly q?: { readonly loading: number; readonly pattern: number };
  })[];
  /** Neurons whose loading or pattern permuted labels do not give. */
  readonly discoveries?: {
    /** The share of false discoveries that is allowed among them, on average. */
    readonly rate: number;
    readonly permutations: number;
    /** Largest first; all of them, whether or not they are among `neurons`. */
    readonly loading: readonly number[];
    readonly pattern: readonly number[];
  };
}
