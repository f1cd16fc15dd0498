import type { Matrix } from "../../linalg/matrix.ts";
import {
  ofDirections,
  rolesOfDirection,
  type ConditionName,
  type Directions,
} from "../method/directions.ts";
import { covarianceShape } from "../method/shrinkage/covarianceShape.ts";
import { needsRows, resolveShrinkage, type Shrinkage } from "../method/shrinkage/shrinkage.ts";
import { leadingBlock, type FullCompression, type SquaredLengths } from "./compression.ts";

/**
 * g of the condition that each direction silences, from its covariance in the kept components.
 * @param covariances S and R [k, k]
 * @param rows nA and nB
 * @param lengths of the rows, if there are rows
 * @throws EigenlensError "usage" if the estimator needs rows and there are none
 */
export function silencedGammas(
  shrinkage: Shrinkage,
  covariances: Readonly<Record<ConditionName, Matrix>>,
  rows: Readonly<Record<ConditionName, number>>,
  lengths: SquaredLengths | undefined,
): Directions<number> {
  return ofDirections((direction) => {
    const { silenced } = rolesOfDirection[direction];
    return resolveShrinkage(shrinkage, () =>
      covarianceShape(covariances[silenced], rows[silenced], lengths?.[silenced]),
    );
  });
}

/**
 * {@link silencedGammas} of a run; its rows are looked at only by an estimator that needs them.
 * @throws EigenlensError also where rows must be read again and cannot be; CancelledError
 */
export async function runGammas(
  shrinkage: Shrinkage,
  compression: FullCompression,
  rows: Readonly<Record<ConditionName, number>>,
): Promise<Directions<number>> {
  const k = compression.components;
  const covariances = {
    target: leadingBlock(compression.target, k),
    reference: leadingBlock(compression.reference, k),
  };
  const lengths = needsRows(shrinkage) ? await compression.squaredLengths() : undefined;
  return silencedGammas(shrinkage, covariances, rows, lengths);
}
