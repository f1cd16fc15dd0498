import type { DirectionName, Directions } from "../../ged/method/directions.ts";
import { defaultGamma, defaultShare } from "../../ged/method/options.ts";
import type { ValidationReport } from "../../ged/validation/report.ts";
import type { NotebookOrigin } from "../../runs/notebookOrigin.ts";
import type { RunSummary, SolvedSummary } from "../../runs/summary.ts";

/**
 * What may be chosen anew without the files: all that a run's numbers depend on besides its document. Both directions
 * are shrunk by the number; only a run that was made with an estimator has one for each.
 */
export interface SolutionChoice {
  /** g of `(1-g) R + g a I`, in [0, 1]. */
  readonly shrinkage: number;
  /** Share of the variance of (S + R) / 2 to keep, in (0, 1]. */
  readonly variance: number;
}

export function sameChoice(one: SolutionChoice, other: SolutionChoice): boolean {
  return one.shrinkage === other.shrinkage && one.variance === other.variance;
}

/** The choice that a report is of: the one that was asked for, or the one that it made. */
export function validatedChoice(
  asked: SolutionChoice,
  report: Pick<ValidationReport, "tuning"> | null | undefined,
): SolutionChoice {
  const chosen = report?.tuning?.chosen;
  return chosen === undefined ? asked : { shrinkage: chosen.shrinkage, variance: chosen.share };
}

/** The method's own choice, as far as a run holds components for it. */
export function defaultChoice({ maximalVariance }: RunHeader): SolutionChoice {
  return {
    shrinkage: defaultGamma,
    variance: Math.min(defaultShare, maximalVariance),
  };
}

/** Where a condition came from, for captions and tooltips. */
export interface SourceView {
  readonly label: string;
  readonly path: string;
  /** Set if it was a variable of a notebook: the path is that of a file which is gone. */
  readonly origin?: NotebookOrigin;
}

/** What of a run never changes, whatever is chosen in its panel: sent once. */
export interface RunHeader {
  /** Names the content of the run's document: the same for the same numbers, and for no others. */
  readonly run: string;
  readonly created: string;
  readonly summary: Omit<RunSummary, keyof SolvedSummary | "validation">;
  readonly sources: { readonly target: SourceView; readonly reference: SourceView };
  readonly neurons: NeuronStatistics;
  /**
   * Fisher's linear discriminant [D], unit, from reference to target, of the run as it was made; absent if the means are
   * equal and from older documents.
   */
  readonly discriminant?: Float64Array;
  readonly sentences?: {
    readonly target: readonly string[];
    readonly reference: readonly string[];
  };
  /** The choice that the run was made with. */
  readonly made: SolutionChoice;
  /** The largest share that the stored components reach. */
  readonly maximalVariance: number;
}

/** What follows from a choice: a few numbers a component. */
export interface Solution {
  readonly run: string;
  readonly choice: SolutionChoice;
  readonly summary: SolvedSummary;
  /** How many components of each direction have loadings (those with an eigenvalue above zero, as far as stored). */
  readonly mappedComponents: Directions<number>;
}

/** A run as one solution shows it: header and solution joined, on the side that shows them. */
export interface RunView extends Pick<
  RunHeader,
  "created" | "sources" | "neurons" | "discriminant" | "sentences"
> {
  readonly runId: string;
  readonly summary: RunSummary;
  readonly mappedComponents: Solution["mappedComponents"];
  /** The choice shown, and how far it may go without reading the files again. */
  readonly controls: SolutionChoice & Pick<RunHeader, "maximalVariance">;
}

/**
 * Joins what never changes with one solution.
 * @param runId by which the host knows the run
 * @param validation of exactly this solution; null if there is none
 */
export function runView(
  runId: string,
  header: RunHeader,
  solution: Solution,
  validation: ValidationReport | null,
): RunView {
  const { created, sources, neurons, discriminant, sentences, maximalVariance } = header;
  return {
    runId,
    ...{ created, sources, neurons },
    ...(discriminant === undefined ? {} : { discriminant }),
    ...(sentences === undefined ? {} : { sentences }),
    summary: { ...header.summary, ...solution.summary, validation },
    mappedComponents: solution.mappedComponents,
    controls: { ...solution.choice, maximalVariance },
  };
}

/** Per neuron, over the rows of each condition; variances with ddof = 1. */
export interface NeuronStatistics {
  readonly targetMean: Float64Array;
  readonly targetVariance: Float64Array;
  readonly referenceMean: Float64Array;
  readonly referenceVariance: Float64Array;
}

/** One component of one direction of one solution. */
export interface ComponentView {
  /** As in {@link RunHeader}. */
  readonly run: string;
  readonly choice: SolutionChoice;
  readonly direction: DirectionName;
  /** From 0. */
  readonly index: number;
  readonly eigenvalue: number;
  /** The unit neuron-space direction [D]: what to project with. */
  readonly filter: Float64Array;
  /** How the component shows up in the neurons [D] (Haufe et al. 2014). */
  readonly pattern: Float64Array;
  /** Set if the pattern is known only within the kept components (after a re-solve). */
  readonly patternWithinSpan: boolean;
  /** Rows centred on their own condition's mean, on the unit direction. */
  readonly targetProjections: Float64Array;
  readonly referenceProjections: Float64Array;
  /** Target mean minus reference mean on the unit direction. */
  readonly meanDifference: number;
}
