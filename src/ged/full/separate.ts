import { EigenlensError } from "../../errors.ts";
import { matrix, type Matrix } from "../../linalg/matrix.ts";
import type { Products } from "../../linalg/products.ts";
import { symmetricDefiniteEigen } from "../../linalg/symmetricDefiniteEigen.ts";

/** The solutions of `S w = l R~ w`, eigenvalues descending. */
export interface Separation {
  /** [k] */
  readonly eigenvalues: Float64Array;
  /** One w a row, [k, k], `w'R~w = 1`; the sign is settled in neuron space. */
  readonly vectors: Matrix;
  /** Variance of S on each component's unit direction, `w'Sw / w'w`, [k]. */
  readonly carriedVariance: Float64Array;
  /** Variance of the unshrunk R on each component's unit direction, [k]. */
  readonly silencedVariance: Float64Array;
}

/**
 * Separates: the direction with the most variance in S for the least in R, and those after it
 * (`scipy.linalg.eigh(S, R~)`, LAPACK dsygvd, reversed).
 * @param carried S [k, k]
 * @param silenced R [k, k], before shrinkage
 * @param shrunk R~ [k, k]
 * @throws EigenlensError "numerics" if R~ is not positive definite, or an eigenvalue is beyond a double
 */
export function separate(
  carried: Matrix,
  silenced: Matrix,
  shrunk: Matrix,
  options: { readonly products: Products; readonly checkpoint: () => void },
): Separation {
  // One may be many orders of magnitude larger than the other: both near 1, nothing over- or underflows.
  const ownScale = evenPowerNearTrace(carried);
  const scale = evenPowerNearTrace(shrunk);
  const { values, vectors } = symmetricDefiniteEigen(
    times(carried, ownScale),
    times(shrunk, scale),
    options,
  );
  const eigenvalues = values.map((value) => (value / ownScale) * scale);
  if (!eigenvalues.every(Number.isFinite)) {
    throw new EigenlensError(
      "numerics",
      "One condition varies so much more than the other that the ratio of their variances is beyond what a " +
        "double holds: check how their activations were collected.",
    );
  }
  const carriedVariance = unitQuadraticForms(carried, vectors, options.products);
  const silencedVariance = unitQuadraticForms(silenced, vectors, options.products);
  const root = Math.sqrt(scale);
  for (let i = 0; i < vectors.values.length; i += 1) vectors.values[i] *= root;
  return { eigenvalues, vectors, carriedVariance, silencedVariance };
}

/** A power of 4, whose root is exact too, that brings the trace of a covariance near 1. */
function evenPowerNearTrace({ rows, values }: Matrix): number {
  let trace = 0;
  for (let i = 0; i < rows; i += 1) trace += values[i * rows + i];
  if (!(trace > 0)) return 1;
  return 4 ** Math.max(-500, Math.min(500, -Math.round(Math.log2(trace) / 2)));
}

function times(a: Matrix, factor: number): Matrix {
  return matrix(
    a.rows,
    a.columns,
    a.values.map((value) => factor * value),
  );
}

/**
 * `w'Aw / w'w` for each row w of `vectors`: the variance on the unit direction, in neuron space too,
 * since the basis V is orthonormal. Never below zero, as rounding might have it.
 */
export function unitQuadraticForms(a: Matrix, vectors: Matrix, products: Products): Float64Array {
  const image = products.multiply(vectors, a);
  const forms = new Float64Array(vectors.rows);
  for (let i = 0; i < vectors.rows; i += 1) {
    let form = 0;
    let square = 0;
    for (let j = i * vectors.columns; j < (i + 1) * vectors.columns; j += 1) {
      form += image.values[j] * vectors.values[j];
      square += vectors.values[j] * vectors.values[j];
    }
    forms[i] = Math.max(0, form / square);
  }
  return forms;
}
