import type { RunSummary } from "../runs/summary.ts";

/** `forward`: S = target, R = reference. `swapped`: the roles swapped. */
export type DirectionName = (typeof directionNames)[number];
export const directionNames = ["forward", "swapped"] as const;

/** Everything the panel needs at once; a few hundred kilobytes at the most. */
export interface RunView {
  readonly runId: string;
  readonly created: string;
  readonly summary: RunSummary;
  /** File name and path of each condition's source, for captions and tooltips. */
  readonly sources: {
    readonly target: { readonly label: string; readonly path: string };
    readonly reference: { readonly label: string; readonly path: string };
  };
  /** How many components of each direction have loadings (those with an eigenvalue above zero, as far as stored). */
  readonly mappedComponents: { readonly forward: number; readonly swapped: number };
  readonly neurons: NeuronStatistics;
  readonly sentences?: {
    readonly target: readonly string[];
    readonly reference: readonly string[];
  };
  /** The choices that the panel's controls may make without reading the files again. */
  readonly controls: {
    readonly shrinkage: number;
    readonly variance: number;
    /** The largest share that the stored components reach. */
    readonly maximalVariance: number;
  };
}

/** Per neuron, over the rows of each condition; variances with ddof = 1. */
export interface NeuronStatistics {
  readonly targetMean: Float64Array;
  readonly targetVariance: Float64Array;
  readonly referenceMean: Float64Array;
  readonly referenceVariance: Float64Array;
}

/** One component of one direction. */
export interface ComponentView {
  readonly runId: string;
  readonly direction: DirectionName;
  /** From 0. */
  readonly index: number;
  readonly eigenvalue: number;
  /** The unit neuron-space direction [D]: what to project with. */
  readonly filter: Float64Array;
  /** How the component shows up in the neurons [D] (Haufe et al. 2014). */
  readonly pattern: Float64Array;
  /** Set where the pattern is known only within the kept components (after a re-solve). */
  readonly patternWithinSpan: boolean;
  /** Rows centred on their own condition's mean, on the unit direction. */
  readonly targetProjections: Float64Array;
  readonly referenceProjections: Float64Array;
  /** Target mean minus reference mean on the unit direction. */
  readonly meanDifference: number;
}
