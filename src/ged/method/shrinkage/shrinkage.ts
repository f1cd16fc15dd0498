import { EigenlensError } from "../../../errors.ts";
import type { CovarianceShape } from "./covarianceShape.ts";
import { estimatorNames, shrinkageEstimators, type EstimatorName } from "./estimators.ts";

/** g of `R~ = (1-g) R + g a I`: a number in [0, 1], or who estimates it of each silenced condition. */
export type Shrinkage = number | EstimatorName;

/**
 * The g that one silenced condition is shrunk by, in whichever fit it is: an estimator sees the rows of that fit alone.
 * @param shapeOf the condition's shape along the kept components, asked for only if g is estimated
 * @throws EigenlensError "usage" if an estimator needs rows and there are none
 */
export function resolveShrinkage(shrinkage: Shrinkage, shapeOf: () => CovarianceShape): number {
  return typeof shrinkage === "number"
    ? shrinkage
    : shrinkageEstimators[shrinkage].estimate(shapeOf());
}

/** Whether the covariances alone do not say g. */
export function needsRows(shrinkage: Shrinkage): boolean {
  return typeof shrinkage !== "number" && shrinkageEstimators[shrinkage].needsRows;
}

/** The name of an estimator, whoever gives it; undefined if there is none of that name. */
export function findEstimator(name: unknown): EstimatorName | undefined {
  return estimatorNames.find((each) => each === name);
}

/** @throws EigenlensError "usage" naming the value and what is allowed */
export function checkShrinkage(shrinkage: Shrinkage): void {
  if (findEstimator(shrinkage) !== undefined) return;
  if (typeof shrinkage === "number" && shrinkage >= 0 && shrinkage <= 1) return;
  throw new EigenlensError(
    "usage",
    `The shrinkage is ${shrinkage}: choose a number from 0 to 1 (default 0.01), ledoit-wolf or oas.`,
  );
}
