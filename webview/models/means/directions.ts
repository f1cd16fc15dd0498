import { rolesOfDirection, type DirectionName } from "../../../src/protocol/direction.ts";
import type { NeuronStatistics, RunView } from "../../../src/protocol/views/runView.ts";

/** The two directions of the means. */
export const meanDirectionNames = ["meanDifference", "discriminant"] as const;
export type MeanDirectionName = (typeof meanDirectionNames)[number];

/**
 * A direction of the means, of unit length, from the condition that is silent in `front` to the one that it carries.
 * @returns [D]; undefined if there is none: the means are equal, or the run keeps no discriminant
 */
export function meanDirection(
  { neurons, discriminant }: Pick<RunView, "neurons" | "discriminant">,
  name: MeanDirectionName,
  front: DirectionName,
): Float64Array | undefined {
  switch (name) {
    case "meanDifference":
      return unit(differenceOfMeans(neurons), signOf(front));
    case "discriminant":
      return discriminant && unit(discriminant, signOf(front));
    default:
      return name satisfies never;
  }
}

/** Mean of the target less mean of the reference, [D]. */
export function differenceOfMeans({ targetMean, referenceMean }: NeuronStatistics): Float64Array {
  return targetMean.map((value, i) => value - (referenceMean[i] ?? NaN));
}

/** Cosine of the angle between two vectors of one length; NaN if one of them is 0. */
export function cosine(one: Float64Array, other: Float64Array): number {
  const [a, b] = [scaled(one), scaled(other)];
  let product = 0;
  a.forEach((value, i) => {
    product += value * (b[i] ?? NaN);
  });
  return product / (length(a) * length(b));
}

/** Both are kept from reference to target. */
function signOf(front: DirectionName): 1 | -1 {
  return rolesOfDirection[front].carried === "target" ? 1 : -1;
}

function unit(vector: Float64Array, sign: 1 | -1): Float64Array | undefined {
  const own = scaled(vector);
  const by = length(own);
  return by > 0 && by < Infinity ? own.map((value) => (sign * value) / by) : undefined;
}

/** Its largest entry made 1, so that no square overflows or vanishes. */
function scaled(vector: Float64Array): Float64Array {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest > 0 ? vector.map((value) => value / largest) : vector;
}

function length(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
