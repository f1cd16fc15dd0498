import type { NeuronStatistics } from "../../../src/protocol/views/runView.ts";
import type { ConditionName } from "../rows.ts";

/** How many times the smaller of two variances the larger must be at least. */
export const oneSidedRatio = 100;

/** A neuron that varies for one condition and hardly for the other, in sample. */
export interface OneSidedNeuron {
  readonly neuron: number;
  /** The condition for which it varies. */
  readonly varies: ConditionName;
  /** Variances over the rows of each condition, ddof 1. */
  readonly target: number;
  readonly reference: number;
  /** Larger over smaller; infinite if it is constant for the other condition. */
  readonly ratio: number;
}

/**
 * The neurons whose variance for one condition is at least {@link oneSidedRatio} times that for the other and above the
 * median of the neurons that vary for that condition at all: of two variances that are both next to nothing, one is
 * easily many times the other.
 * @returns those that vary most first, all of them
 */
export function oneSidedNeurons({
  targetVariance,
  referenceVariance,
}: NeuronStatistics): OneSidedNeuron[] {
  const medians = {
    target: medianOfVarying(targetVariance),
    reference: medianOfVarying(referenceVariance),
  };
  const found: OneSidedNeuron[] = [];
  targetVariance.forEach((target, neuron) => {
    const reference = referenceVariance[neuron] ?? NaN;
    const varies = target > reference ? "target" : "reference";
    const [more, less] = target > reference ? [target, reference] : [reference, target];
    const ratio = more / less;
    if (more > medians[varies] && ratio >= oneSidedRatio) {
      found.push({ neuron, varies, target, reference, ratio });
    }
  });
  const larger = (one: OneSidedNeuron) => Math.max(one.target, one.reference);
  return found.sort((a, b) => larger(b) - larger(a) || a.neuron - b.neuron);
}

/** The lower median; 0 if nothing varies. */
function medianOfVarying(variances: Float64Array): number {
  const sorted = variances.filter((value) => value > 0).sort();
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
