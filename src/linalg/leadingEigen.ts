import type { Matrix } from "./matrix.ts";
import { partialSymmetricEigen } from "./partialEigen/partialSymmetricEigen.ts";
import type { Products } from "./products.ts";
import { symmetricEigen, type EigenDecomposition } from "./symmetricEigen.ts";
import { WasmProducts } from "./wasmProducts.ts";

export interface LeadingEigen extends EigenDecomposition {
  /** Whether `values` holds all n eigenvalues or only those that belong to `vectors`. */
  readonly isComplete: boolean;
  /** How it was found, in one line: for the log and the run's plan. */
  readonly method: string;
}

export interface LeadingEigenOptions {
  readonly products: Products;
  /** How many of the largest; or {@link share}. */
  readonly count?: number;
  /** As many as hold this share of the trace, in (0, 1]; the matrix must be positive semidefinite. */
  readonly share?: number;
  readonly checkpoint?: () => void;
}

/** Below this order a full decomposition is as quick. */
const smallestPartialOrder = 1200;

/**
 * The leading eigenpairs of a large symmetric matrix by whichever way is quicker: block Krylov iteration
 * where few are wanted and the spectrum decays, else a full decomposition of which only the wanted vectors
 * are formed.
 * @param a `[n, n]`, both triangles
 * @returns vectors of the wanted pairs as rows; values of these, or of all where they came for free
 * @throws RangeError where neither `count` nor `share` is given, or `a` is not square
 * @throws EigenlensError "numerics" where an entry is not finite
 */
export function leadingEigen(a: Matrix, options: LeadingEigenOptions): LeadingEigen {
  const { products, count, share } = options;
  if (count === undefined && share === undefined) {
    throw new RangeError("Say how many eigenpairs are wanted: `count` or `share`.");
  }
  let reason = `order ${a.rows} is small`;
  if (products instanceof WasmProducts && a.rows >= smallestPartialOrder) {
    const found = partialSymmetricEigen(a, { ...options, products });
    if (!("refused" in found)) {
      const method = `block Krylov, ${found.subspace} of ${a.rows} dimensions`;
      return { values: found.values, vectors: found.vectors, isComplete: false, method };
    }
    reason = found.refused;
  }
  const full = symmetricEigen(a, {
    products,
    vectors: (values) => count ?? countForShare(values, share ?? 1),
    checkpoint: options.checkpoint,
  });
  return { ...full, isComplete: true, method: `full decomposition (${reason})` };
}

/** The fewest leading values that hold the share of the sum; those below zero are rounding. */
function countForShare(values: Float64Array, share: number): number {
  let trace = 0;
  for (const value of values) trace += Math.max(0, value);
  const target = share * trace * (1 - 1e-12);
  let sum = 0;
  let count = 0;
  while (count < values.length && sum < target) sum += Math.max(0, values[count++]);
  return count;
}
