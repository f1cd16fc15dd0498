/**
 * Every statistic says in its name whether it is in sample (on rows that chose the direction) or held out (on rows that
 * the fit has not seen); one that is not known is absent. Variances are along unit directions, ddof 1.
 */

/** Where activations came from, as far as the file says so: `model`, `site`, `component`, `layer`, `token_rule`, ... */
export type Provenance = Readonly<Partial<Record<string, string>>>;

export interface TensorFacts {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** What the axes are, outermost first, and why that is thought. */
  readonly axes?: readonly string[];
  readonly axesReason?: string;
  readonly layers?: readonly number[];
  readonly provenance?: Provenance;
  readonly unreadable?: string;
  readonly notes?: readonly string[];
}

export interface InspectResult {
  readonly path: string;
  readonly format: string;
  readonly byteLength: number;
  readonly tensorCount: number;
  readonly tensors: readonly TensorFacts[];
}

/** Whether a direction is there on new rows. */
export type Verdict = "holds" | "not-shown" | "does-not-hold" | "cannot-tell";

/** A ratio of the variance of the carried condition over that of the silenced one, and what speaks for it. */
export interface RatioEvidence {
  readonly ratioInSample?: number;
  readonly ratioHeldOut?: number;
  /** The 95 % interval of `ratioHeldOut`. */
  readonly ratioHeldOutLow?: number;
  readonly ratioHeldOutHigh?: number;
  readonly p?: number;
  /** What `p` tests. */
  readonly pTests?: string;
}

/** The conditions on which a direction varies much, and little. */
export interface Roles {
  readonly carries: string;
  readonly silences: string;
}

/** Variances and the area under the ROC curve of the signed projections, on the same rows as the ratios. */
export interface Scores extends RatioEvidence, Roles {
  readonly carriedVarianceInSample?: number;
  readonly silencedVarianceInSample?: number;
  readonly carriedVarianceHeldOut?: number;
  readonly silencedVarianceHeldOut?: number;
  readonly aucInSample?: number;
  readonly aucHeldOut?: number;
}

/** What is known of component 1 of one direction. */
export interface DirectionResult extends Scores {
  readonly finding: string;
  /** Absent before a validation. */
  readonly verdict?: Verdict;
  readonly eigenvalueInSample?: number;
  /** Medians of the ratios under permuted labels. */
  readonly permutedRatioInSample?: number;
  readonly permutedRatioHeldOut?: number;
  /** `ratioHeldOut` over the ratio of the traces: what is more than a larger scale. */
  readonly relativeRatioHeldOut?: number;
  /** Held-out variance of the silenced condition over the mean eigenvalue of its covariance: 0 is silence. */
  readonly silenceHeldOut?: number;
}

export interface ConditionResult {
  readonly name: string;
  readonly rows: number;
  /** Rows that repeat each other counted once; absent before a validation. */
  readonly distinctRows?: number;
}

export interface ValidationResult {
  readonly method: string;
  /** Sets of rows that were held out and permuted as a whole. */
  readonly clusters: number;
  readonly permutations?: number;
  /** What held-out ratio and interval are estimates of. */
  readonly estimand: string;
  readonly maxP?: number;
  readonly maxPTests?: string;
  /** To be read before the numbers are believed. */
  readonly warnings: readonly { readonly code: string; readonly text: string }[];
  readonly omitted: readonly string[];
}

export interface RunResult {
  /** The run document that was written or read. */
  readonly run?: string;
  readonly target: ConditionResult;
  readonly reference: ConditionResult;
  readonly neurons: number;
  readonly components: number;
  /** γ by which the reference is shrunk, and with the roles swapped the target. */
  readonly shrinkage: number;
  readonly shrinkageSwapped: number;
  /** Share of the variance of (S + R) / 2 in the kept components. */
  readonly varianceKeptInSample: number;
  /** Ranks of the covariances in the kept components. */
  readonly rankInSample: Readonly<Record<"target" | "reference" | "referenceShrunk", number>>;
  /** The direction that carries the target first, then the swapped one. */
  readonly directions: readonly DirectionResult[];
  readonly validation?: ValidationResult;
  readonly warnings: readonly string[];
}

/** One direction of one layer; `p` is as if this were the only layer. */
export interface LayerDirection extends RatioEvidence, Roles {
  readonly verdict?: Verdict;
  readonly eigenvalueInSample?: number;
  /** Corrected over all layers and both directions. */
  readonly pCorrected?: number;
}

export interface LayerResult {
  readonly layer: number;
  readonly label: string;
  readonly neurons?: number;
  readonly components?: number;
  /** Absent if the layer failed. */
  readonly directions?: readonly LayerDirection[];
  readonly error?: string;
}

export interface SweepResult {
  readonly layers: readonly LayerResult[];
  /** The layer and direction that speak loudest; absent if nothing was held out. */
  readonly strongest?: { readonly layer: number; readonly carries: string };
  /** What `pCorrected` tests; absent without permutations. */
  readonly pCorrectedTests?: string;
}

/**
 * A direction on other rows. If none of them had a part in finding it, the statistics are held out; if some may have,
 * they are given as in sample, and a warning says so.
 */
export interface TransferResult extends Scores {
  readonly component: number;
  /** The conditions that it was tried on. */
  readonly target: string;
  readonly reference: string;
  readonly warnings: readonly string[];
}

export interface SourceFacts {
  /** File, tensor and selections, as they can be given again. */
  readonly source: string;
  readonly format: string;
  readonly dtype: string;
  readonly hash: string;
  readonly provenance?: Provenance;
}

export interface ReadRunResult extends RunResult {
  readonly version: string;
  readonly created: string;
  readonly sources: { readonly target: SourceFacts; readonly reference: SourceFacts };
  /** Other files that the run's directions were tried on, newest first. */
  readonly transfers: readonly {
    readonly created: string;
    readonly components: readonly TransferResult[];
  }[];
}

export interface ExportResult extends RatioEvidence, Roles {
  readonly out: string;
  readonly format: "direction" | "gguf";
  readonly byteLength: number;
  readonly component: number;
}
