import { rolesOfDirection, type DirectionName } from "../method/directions.ts";
import { targetLabel } from "../reduced/labelledRows.ts";
import { largestRootPoint, wachterEdge } from "../../statistics/doubleWishart.ts";
import type { AnalyticEdge } from "./report.ts";
import type { ValidationState } from "./validationState.ts";

/**
 * How large in-sample generalized eigenvalues are if both conditions have the same covariance, by theory: where the
 * bulk of them ends (Wachter 1980) and the 95 % point of the largest (Johnstone 2008). It holds for independent
 * Gaussian rows, of the silenced condition more than kept dimensions, and without shrinkage; the principal components
 * are those of both conditions together, which under that hypothesis say nothing of the eigenvalues.
 */
export function analyticEdge(state: ValidationState, direction: DirectionName): AnalyticEdge {
  const { problem, whole } = state;
  const { labels, units, options } = problem;
  // What an estimator finds is 0 for no rows of an experiment.
  if (options.shrinkage !== 0) return { kind: "none", because: "shrunk" };
  const fitted = whole.inSample.rows;
  const targets = fitted.filter((row) => labels[row] === targetLabel).length;
  const freedom = { target: targets - 1, reference: fitted.length - targets - 1 };
  const { carried, silenced } = rolesOfDirection[direction];
  if (freedom[silenced] <= whole.components) return { kind: "none", because: "fewRows" };
  if (units.kind !== "none" || units.clusters.some((rows) => rows.length > 1)) {
    return { kind: "none", because: "dependentRows" };
  }
  const sizes = {
    dimensions: whole.components,
    carriedFreedom: freedom[carried],
    silencedFreedom: freedom[silenced],
  };
  return { kind: "known", bulk: wachterEdge(sizes), largest: largestRootPoint(sizes) };
}
