import { matrix } from "../../../linalg/matrix.ts";
import { symmetricEigen } from "../../../linalg/symmetricEigen.ts";
import { Workspace } from "../../../linalg/small/workspace.ts";
import {
  ofDirections,
  rolesOfDirection,
  type DirectionName,
  type Directions,
} from "../../method/directions.ts";
import { shrinking, shrunkVariance } from "../../method/shrinkage/shrink.ts";
import type { PreparedSplit } from "../../reduced/reduceRows.ts";
import { fitReduced, type FitOptions } from "../../reduced/fitReduced.ts";

/** How well the silenced condition's shrunk covariance can be divided by, in the fit on all rows. */
export interface Conditioning {
  /** k */
  readonly components: number;
  /** g that the silenced covariance is shrunk by. */
  readonly gamma: Directions<number>;
  /** Mean eigenvalue of the silenced covariance in the kept dimensions, before shrinkage. */
  readonly alpha: Directions<number>;
  /** Largest over smallest eigenvalue of the shrunk covariance. */
  readonly conditionNumber: Directions<number>;
}

/** @throws EigenlensError as {@link fitReduced} does */
export function measureConditioning(
  whole: PreparedSplit,
  labels: Uint8Array,
  options: FitOptions,
): Conditioning {
  const own = Uint8Array.from(whole.split.train, (row) => labels[row]);
  const fit = fitReduced(whole.reduced, own, options, 1, new Workspace());
  const { rows, compression } = fit;
  const k = compression.components;
  const gamma = ofDirections((direction) => fit[direction].gamma);
  const alpha = ofDirections((direction) => fit[direction].alpha);
  const numberOf = (direction: DirectionName): number => {
    const { silenced } = rolesOfDirection[direction];
    const condition = fit[silenced];
    const scores = rows.scores(silenced);
    // Of the smaller of k x k and n x n: they share their eigenvalues above 0.
    const n = condition.rows;
    const order = Math.min(n, k);
    const product = matrix(order, order);
    for (let i = 0; i < order; i += 1) {
      for (let j = 0; j <= i; j += 1) {
        let sum = 0;
        if (n <= k) for (let p = 0; p < k; p += 1) sum += scores[i * k + p] * scores[j * k + p];
        else for (let p = 0; p < n; p += 1) sum += scores[p * k + i] * scores[p * k + j];
        product.values[i * order + j] = sum / (condition.count - 1);
        product.values[j * order + i] = product.values[i * order + j];
      }
    }
    const { values } = symmetricEigen(product, { vectors: 0 });
    const least = n <= k ? 0 : Math.max(0, values[order - 1]);
    const by = shrinking(gamma[direction], alpha[direction]);
    return shrunkVariance(by, values[0]) / shrunkVariance(by, least);
  };
  return {
    components: k,
    gamma,
    alpha,
    conditionNumber: ofDirections(numberOf),
  };
}
