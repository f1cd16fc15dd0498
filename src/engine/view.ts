import { basename } from "node:path";
import { distinctNames } from "../conditions/distinctNames.ts";
import type { NeuronStatistics, RunView } from "../protocol/runView.ts";
import type { RunDocument } from "../runs/runDocument.ts";
import type { SourceRecord } from "../runs/summary.ts";

/**
 * What the panel needs at once, from a document alone.
 * @param mapped how many components have loadings; those stored where omitted
 */
export function buildRunView(
  runId: string,
  document: RunDocument,
  mapped: RunView["mappedComponents"] = {
    forward: document.tensors["separation.filters"]?.shape[0] ?? 0,
    swapped: document.tensors["swapped.filters"]?.shape[0] ?? 0,
  },
): RunView {
  const { summary, options, sources, sentences } = document;
  return {
    runId,
    created: document.created,
    summary,
    sources: sourceViews(sources),
    mappedComponents: mapped,
    neurons: neuronStatistics(document),
    ...(sentences === undefined ? {} : { sentences }),
    controls: {
      shrinkage: options.shrinkage,
      variance:
        options.components === undefined ? options.variance : summary.compression.varianceKept,
      maximalVariance: maximalVariance(document),
    },
  };
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
function maximalVariance(document: RunDocument): number {
  const { compression, rank } = document.summary;
  const stored = document.tensors["scores.target"]?.shape[1];
  if (stored === undefined) {
    return Math.max(compression.varianceKept, document.options.variance);
  }
  if (rank.averageKind === "exact" && stored >= rank.average) return 1;
  const known = [...compression.eigenvalues, ...compression.discardedEigenvalues];
  const sum = known.slice(0, stored).reduce((total, value) => total + value, 0);
  return sum / compression.totalVariance;
}

function sourceViews({ target, reference }: RunDocument["sources"]): RunView["sources"] {
  const labels = distinctNames(labelled(target), labelled(reference));
  return {
    target: { label: labels[0], path: target.path },
    reference: { label: labels[1], path: reference.path },
  };
}

function labelled({ condition, path, tensor }: SourceRecord) {
  const name = `${basename(path)}${tensor === "" ? "" : `#${tensor}`}`;
  return { name, source: { ...condition, path } };
}
