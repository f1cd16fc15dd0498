import type { MeanProjections } from "../../../src/protocol/meanProjections.ts";

/** Rows on the directions of the means in sample, as far as they are known. */
export type MeanProjectionState = "notAsked" | "asked" | MeanProjections | { readonly why: string };

/** Rows of a panel's model that were asked for in sample; undefined before. */
export function knownProjections(state: MeanProjectionState): MeanProjections | undefined {
  return typeof state === "object" && "meanDifference" in state ? state : undefined;
}
