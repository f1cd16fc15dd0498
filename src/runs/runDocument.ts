import type { RunTransfer } from "./runTransfer.ts";
import type { RunSummary, SourceRecord } from "./summary.ts";
import type { GedOptions } from "../ged/method/options.ts";

/** One tensor of a run document, float64, row-major. */
export interface DocumentTensor {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/**
 * One finished run, complete: everything the panel shows can be shown again from it alone.
 * k components kept, M >= k stored for the panel's controls, m generalized components mapped to D
 * neurons, nA and nB rows.
 *
 * Tensors: `compression.eigenvalues` [k], `compression.components` [k, D] (absent above a size),
 * `compression.furtherComponents` [M - k, D] (those beyond the cut, where they are few),
 * `covariance.target` [k, k], `covariance.reference` [k, k],
 * `scores.target` [nA, M], `scores.reference` [nB, M] (centred rows in the components; absent above a size),
 * `separation.eigenvalues` [k], `separation.vectors` [m, k], `separation.filters` [m, D],
 * `separation.patterns` [m, D], `swapped.*` (the same four),
 * `projections.target` [nA, m], `projections.reference` [nB, m] (centred rows on the unit directions of
 * `separation`), `swapped.projections.target` / `.reference` (absent above a size),
 * `projections.meanDifference` [m] and `swapped.projections.meanDifference` [m] (target mean minus reference mean on the unit direction),
 * `difference.discriminant` [D] and `difference.eraser` [D] (the linear discriminant, unit, and the row vector of the
 * eraser, both from reference to target; absent for equal means and in older documents),
 * `neurons.target.mean` [D], `neurons.target.variance` [D], `neurons.reference.mean` [D], `neurons.reference.variance` [D].
 *
 * Filters are normalised to `w'R~w = 1`; the unit direction is the filter over its length; a pattern is the
 * target covariance (the reference's in `swapped`) times the unit direction (Haufe et al. 2014).
 */
export interface RunDocument {
  /** Of the Eigenlens that made the run. */
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** What the user called the run; absent if it goes by its conditions. */
  readonly name?: string;
  readonly options: GedOptions;
  readonly sources: { readonly target: SourceRecord; readonly reference: SourceRecord };
  readonly summary: RunSummary;
  /** Other files on which the run's directions were tried, newest first; absent before the first. */
  readonly transfers?: readonly RunTransfer[];
  /** One per row; absent if there are none, or too many for a header. */
  readonly sentences?: {
    readonly target: readonly string[];
    readonly reference: readonly string[];
  };
  readonly tensors: Readonly<Record<string, DocumentTensor>>;
}

/** A document without its tensors: small enough to keep, and to be changed. */
export type RunRecord = Omit<RunDocument, "tensors">;
