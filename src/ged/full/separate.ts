import type { Matrix } from "../../linalg/matrix.ts";
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
 * @throws EigenlensError "numerics" where R~ is not positive definite
 */
export function separate(
  carried: Matrix,
  silenced: Matrix,
  shrunk: Matrix,
  options: { readonly products: Products; readonly checkpoint: () => void },
): Separation {
  const { values, vectors } = symmetricDefiniteEigen(carried, shrunk, options);
  return {
    eigenvalues: values,
    vectors,
    carriedVariance: unitQuadraticForms(carried, vectors, options.products),
    silencedVariance: unitQuadraticForms(silenced, vectors, options.products),
  };
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
