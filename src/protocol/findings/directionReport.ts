import type { DirectionReport, ScoredComponent } from "../results.ts";

/** The scores of one component; undefined if the validation did not reach it. */
export function scoredComponent(
  report: DirectionReport,
  index: number,
): ScoredComponent | undefined {
  return index === 0 ? report : report.components[index];
}

/**
 * p of a component's held-out ratio: component 1 by its own null, later ones by the maximum over the
 * components (many were looked at).
 */
export function heldOutProbability(report: DirectionReport, index: number): number | undefined {
  return index === 0
    ? report.permutation?.heldOut?.p
    : scoredComponent(report, index)?.correctedP?.heldOut;
}
