import { innerProduct } from "../../linalg/innerProduct.ts";
import { principalAngles } from "../../linalg/spans/principalAngles.ts";
import { entryAt } from "../../lookup.ts";
import type { NeuronSpaceComparison, SharedNeurons, VectorComparison } from "./comparison.ts";

/** The leading components of one direction: m vectors [D] each. */
export interface LeadingVectors {
  readonly filters: readonly Float64Array[];
  readonly patterns: readonly Float64Array[];
}

/** How many of the largest loadings count as those of a component. */
const topNeurons = 20;

/**
 * Compares one direction of two runs in neuron space: `|a . b| / (|a| |b|)` of component 1, the principal angles between
 * the spans of as many first components as both have, and the neurons with the largest loadings.
 * @param first one vector at least
 * @param second of the same width D
 */
export function compareVectors(
  first: LeadingVectors,
  second: LeadingVectors,
): NeuronSpaceComparison {
  return {
    filters: compareSpans(first.filters, second.filters),
    patterns: compareSpans(first.patterns, second.patterns),
    sharedNeurons: shareNeurons(entryAt(first.filters, 0), entryAt(second.filters, 0)),
  };
}

function compareSpans(
  first: readonly Float64Array[],
  second: readonly Float64Array[],
): VectorComparison {
  const components = Math.min(first.length, second.length);
  return {
    cosine: absoluteCosine(entryAt(first, 0), entryAt(second, 0)),
    angles: principalAngles(first.slice(0, components), second.slice(0, components)),
    components,
  };
}

/** Of the angle between two lines: a direction has no sign of its own. */
function absoluteCosine(a: Float64Array, b: Float64Array): number {
  return Math.min(
    1,
    Math.abs(innerProduct(a, b)) / Math.sqrt(innerProduct(a, a) * innerProduct(b, b)),
  );
}

function shareNeurons(first: Float64Array, second: Float64Array): SharedNeurons {
  const among = Math.min(topNeurons, first.length);
  const known = new Set(largest(first, among));
  const count = largest(second, among).filter((neuron) => known.has(neuron)).length;
  return { count, among, expected: among ** 2 / first.length };
}

/** The neurons with the largest loadings by magnitude; of equal ones the first. */
function largest(filter: Float64Array, count: number): number[] {
  return Array.from(filter.keys())
    .sort((a, b) => Math.abs(entryAt(filter, b)) - Math.abs(entryAt(filter, a)) || a - b)
    .slice(0, count);
}
