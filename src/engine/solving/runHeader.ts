import { askedShare } from "../../ged/method/options.ts";
import { basename } from "node:path";
import { distinctNames } from "../../conditions/naming/distinctNames.ts";
import type {
  NeuronStatistics,
  RunHeader,
  SolutionChoice,
  SourceView,
} from "../../protocol/views/runView.ts";
import { notebookOrigin } from "../../runs/notebookOrigin.ts";
import type { RunDocument } from "../../runs/runDocument.ts";
import { solvedParts, type RunSummary, type SourceRecord } from "../../runs/summary.ts";

/**
 * What of a run never changes, from its document alone.
 * @param run the document's content, as {@link contentKey} names it
 */
export function runHeader(run: string, document: RunDocument): RunHeader {
  const { created, sources, sentences } = document;
  const discriminant = document.tensors["difference.discriminant"]?.values;
  return {
    run,
    created,
    summary: fixedSummary(document.summary),
    sources: sourceViews(sources),
    neurons: neuronStatistics(document),
    ...(discriminant === undefined ? {} : { discriminant }),
    ...(sentences === undefined ? {} : { sentences }),
    made: madeChoice(document),
    maximalVariance: maximalVariance(document),
  };
}

/** All of a summary but what is listed as changing, so that no part can be forgotten. */
function fixedSummary(summary: RunSummary): RunHeader["summary"] {
  const changing: readonly string[] = [...solvedParts, "validation"];
  const fixed = Object.entries(summary).filter(([part]) => !changing.includes(part));
  return Object.fromEntries(fixed) as unknown as RunHeader["summary"];
}

/** Of an estimated shrinkage, as the panel's field shows and reads it. */
const digitsOfEstimate = 4;

/**
 * The choice that a run was made with: a fixed number of components counts as the share that they hold, an estimated
 * shrinkage as the number that was found for the reference, in as many digits as one would type.
 */
export function madeChoice({ options, summary }: RunDocument): SolutionChoice {
  const { keep } = options;
  const limited = "count" in keep || keep.atMost !== undefined;
  const { estimator, gamma } = summary.shrinkage;
  const shrinkage =
    estimator === undefined ? gamma.forward : Number(gamma.forward.toPrecision(digitsOfEstimate));
  return { shrinkage, variance: limited ? summary.compression.varianceKept : keep.share };
}

/** Per-neuron means and variances as stored. */
export function neuronStatistics(document: RunDocument): NeuronStatistics {
  const values = (name: string) => document.tensors[name]?.values ?? new Float64Array(0);
  return {
    targetMean: values("neurons.target.mean"),
    targetVariance: values("neurons.target.variance"),
    referenceMean: values("neurons.reference.mean"),
    referenceVariance: values("neurons.reference.variance"),
  };
}

/** The largest share that the stored components reach. */
export function maximalVariance(document: RunDocument): number {
  const { compression, rank } = document.summary;
  const stored = document.tensors["scores.target"]?.shape[1];
  if (stored === undefined) {
    return Math.max(compression.varianceKept, askedShare(document.options.keep));
  }
  if (rank.averageKind === "exact" && stored >= rank.average) return 1;
  const known = [...compression.eigenvalues, ...compression.discardedEigenvalues];
  const sum = known.slice(0, stored).reduce((total, value) => total + value, 0);
  return sum / compression.totalVariance;
}

function sourceViews({ target, reference }: RunDocument["sources"]): RunHeader["sources"] {
  const labels = distinctNames(labelled(target), labelled(reference));
  return {
    target: sourceView(target, labels[0]),
    reference: sourceView(reference, labels[1]),
  };
}

function sourceView(source: SourceRecord, label: string): SourceView {
  const origin = notebookOrigin(source);
  return { label, path: source.path, ...(origin === undefined ? {} : { origin }) };
}

function labelled({ condition, path, tensor, provenance }: SourceRecord) {
  const file = `${basename(path)}${tensor === "" ? "" : `#${tensor}`}`;
  return { name: provenance?.variable ?? file, source: { ...condition, path } };
}
