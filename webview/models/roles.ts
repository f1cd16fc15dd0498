import { rolesAmong, type DirectionName } from "../../src/protocol/direction.ts";
import type { RunSummary } from "../../src/protocol/results.ts";
import { text } from "../text.ts";

/** Which condition a direction carries and which it silences, by the user's names for them. */
export interface Roles {
  /** S, whose variance is sought. */
  readonly carried: string;
  /** R, whose variance is divided out. */
  readonly silent: string;
}

export function rolesOf(summary: RunSummary, direction: DirectionName): Roles {
  return rolesAmong({ target: summary.target.name, reference: summary.reference.name }, direction);
}

/** Variances of both conditions on a component's unit direction, and what they make of each other. */
export interface Variances {
  readonly carried: number;
  readonly silent: number;
  /** Carried over silent; infinite if the silent condition has none at all. */
  readonly ratio: number;
}

/**
 * In-sample variances of one component.
 * @param index from 0
 * @returns undefined if the run has no such component
 */
export function variancesOf(
  summary: RunSummary,
  direction: DirectionName,
  index: number,
): Variances | undefined {
  const { carriedVariance, silencedVariance } = summary.directions[direction];
  const carried = carriedVariance[index];
  const silent = silencedVariance[index];
  if (carried === undefined || silent === undefined) return undefined;
  return { carried, silent, ratio: carried / silent };
}

/** What rows are called: sentences if these are known. */
export function rowNoun(hasSentences: boolean): string {
  return text(hasSentences ? "rows.sentences" : "rows.rows");
}
