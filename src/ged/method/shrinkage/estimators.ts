import type { CovarianceShape } from "./covarianceShape.ts";

/** An analytic choice of g in `(1-g) R + g a I`, a = trace(R)/k. */
interface ShrinkageEstimator {
  /** Whether it needs the rows, not their covariance alone. */
  readonly needsRows: boolean;
  /**
   * g in [0, 1].
   * @throws EigenlensError "usage" if it needs rows and there are none
   */
  estimate(shape: CovarianceShape): number;
}

/** Every estimator by the name that the user gives it. */
export const shrinkageEstimators = {
  /**
   * Ledoit and Wolf 2004, "A well-conditioned estimator for large-dimensional covariance matrices"
   * (`sklearn.covariance.ledoit_wolf_shrinkage`).
   */
  "ledoit-wolf": {
    needsRows: true,
    estimate: ({ rows, components, squaredNorm, fourthMoment }) => {
      const distance = (squaredNorm - components) / components;
      if (distance <= 0) return 1;
      const noise = (fourthMoment() - squaredNorm) / (components * rows);
      return Math.max(0, Math.min(noise, distance)) / distance;
    },
  },
  /** Oracle approximating shrinkage: Chen, Wiesel, Eldar and Hero 2010, eq. 23 (`sklearn.covariance.oas`). */
  oas: {
    needsRows: false,
    estimate: ({ rows, components, squaredNorm }) => {
      const power = squaredNorm / components ** 2;
      const denominator = (rows + 1) * (power - 1 / components);
      return denominator <= 0 ? 1 : Math.min(1, (power + 1) / denominator);
    },
  },
} as const satisfies Record<string, ShrinkageEstimator>;

export type EstimatorName = keyof typeof shrinkageEstimators;

export const estimatorNames = Object.keys(shrinkageEstimators) as EstimatorName[];
