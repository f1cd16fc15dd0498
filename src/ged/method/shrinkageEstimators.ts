import type { Matrix } from "../../linalg/matrix.ts";
import { inner } from "../../linalg/small/tiles.ts";

/** Analytic choices of g in `(1-g) R + g a I`, a = trace(R)/k. */
export interface ShrinkageEstimates {
  /** Ledoit and Wolf 2004, "A well-conditioned estimator for large-dimensional covariance matrices". */
  readonly ledoitWolf: number;
  /** Oracle approximating shrinkage, Chen, Wiesel, Eldar and Hero 2010, eq. 23. */
  readonly oracleApproximating: number;
}

/**
 * Both estimates from the rows' inner products alone, as scikit-learn computes them from the rows
 * (`ledoit_wolf_shrinkage`, `oas`): `sum_ij R_ij^2` is that of the Gram matrix.
 * @param rows [n, k], one condition's rows along the kept components, centred on their mean
 */
export function estimateShrinkage(rows: Matrix): ShrinkageEstimates {
  const { rows: n, columns: k, values } = rows;
  let trace = 0;
  let fourth = 0;
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    const own = inner(values, i * k, values, i * k, k);
    trace += own / n;
    fourth += own * own;
    squares += own * own;
    for (let j = 0; j < i; j += 1) {
      const other = inner(values, i * k, values, j * k, k);
      squares += 2 * other * other;
    }
  }
  const squaredNorm = squares / (n * n);
  const mean = trace / k;
  const distance = (squaredNorm - k * mean * mean) / k;
  const noise = (fourth / n - squaredNorm) / (k * n);
  const ledoitWolf = distance <= 0 ? 1 : Math.min(noise, distance) / distance;
  const power = squaredNorm / (k * k);
  const denominator = (n + 1) * (power - (mean * mean) / k);
  const oracleApproximating =
    denominator <= 0 ? 1 : Math.min(1, (power + mean * mean) / denominator);
  return { ledoitWolf, oracleApproximating };
}
