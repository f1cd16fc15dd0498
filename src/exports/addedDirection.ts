import type { AddableDirection } from "../directions/addable.ts";
import { EigenlensError } from "../errors.ts";
import type { DirectionVectors } from "./bundle/directionVectors.ts";
import { innerProduct } from "../linalg/innerProduct.ts";

export { addableDirections, type AddableDirection } from "../directions/addable.ts";

/**
 * One step of a direction: as long as the mean difference and towards the carried condition, so that a strength of 1
 * means the same for each.
 * @returns [D], in the units of the activations
 * @throws EigenlensError "condition" if the means are equal, so that there is no length to take
 */
export function addedDirection(vectors: DirectionVectors, use: AddableDirection): Float64Array {
  const difference = vectors.meanDifference;
  const length = Math.sqrt(innerProduct(difference, difference));
  if (!(length > 0)) {
    throw new EigenlensError(
      "condition",
      "The means of both conditions are equal: there is no mean difference to add, nor a length for another direction.",
    );
  }
  const chosen = vectorOf(vectors, use);
  if (chosen === undefined) {
    throw new EigenlensError(
      "condition",
      "The kept components hold nothing of the mean difference, so this run has no discriminant: add the mean difference.",
    );
  }
  const sign = innerProduct(chosen, difference) < 0 ? -1 : 1;
  const scale = (sign * length) / Math.sqrt(innerProduct(chosen, chosen));
  return use === "mean-difference" ? difference.slice() : chosen.map((value) => value * scale);
}

function vectorOf(vectors: DirectionVectors, use: AddableDirection): Float64Array | undefined {
  switch (use) {
    case "mean-difference":
      return vectors.meanDifference;
    case "discriminant":
      return vectors.discriminant;
    case "pattern":
      return vectors.pattern;
    case "filter":
      return vectors.filter;
    default:
      return use satisfies never;
  }
}
