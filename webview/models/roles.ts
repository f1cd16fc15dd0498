import type { RunSummary, SeparationSummary } from "../../src/protocol/results.ts";
import type { DirectionName } from "../../src/protocol/runView.ts";

/** Which condition a direction carries and which it silences, by the user's names for them. */
export interface Roles {
  /** S, whose variance is sought. */
  readonly carried: string;
  /** R, whose variance is divided out. */
  readonly silent: string;
}

export function rolesOf(summary: RunSummary, direction: DirectionName): Roles {
  const target = summary.target.name;
  const reference = summary.reference.name;
  return direction === "forward"
    ? { carried: target, silent: reference }
    : { carried: reference, silent: target };
}

export function separationOf(summary: RunSummary, direction: DirectionName): SeparationSummary {
  return direction === "forward" ? summary.separation : summary.swapped;
}

export function otherDirection(direction: DirectionName): DirectionName {
  return direction === "forward" ? "swapped" : "forward";
}

/** Variances of both conditions on a component's unit direction, and what they make of each other. */
export interface Variances {
  readonly carried: number;
  readonly silent: number;
  /** Carried over silent; infinite where the silent condition has none at all. */
  readonly ratio: number;
}

/**
 * In-sample variances of one component.
 * @param index from 0
 * @returns undefined where the run has no such component
 */
export function variancesOf(
  summary: RunSummary,
  direction: DirectionName,
  index: number,
): Variances | undefined {
  const separation = separationOf(summary, direction);
  const carried = separation.targetVariance[index];
  const silent = separation.referenceVariance[index];
  if (carried === undefined || silent === undefined) return undefined;
  return { carried, silent, ratio: carried / silent };
}

/** What the user calls one row: a sentence where sentences are known. */
export function rowNoun(hasSentences: boolean): "sentences" | "rows" {
  return hasSentences ? "sentences" : "rows";
}
