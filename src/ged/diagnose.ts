import type { Matrix } from "../linalg/matrix.ts";
import type { Products } from "../linalg/products.ts";
import { conditionNumber, matrixRank } from "../linalg/rank.ts";
import { symmetricEigen } from "../linalg/symmetricEigen.ts";
import type { Compression } from "./compression.ts";

/** Rank and condition of one covariance in k dimensions. */
export interface MatrixDiagnosis {
  readonly rank: number;
  /** Largest over smallest eigenvalue; null (infinite) where the rank falls short. */
  readonly conditionNumber: number | null;
}

/**
 * Rank by the rule of `numpy.linalg.matrix_rank` and condition number, from the eigenvalues.
 * @param covariance symmetric, [k, k]
 */
export function diagnoseMatrix(covariance: Matrix, products: Products): MatrixDiagnosis {
  const { values } = symmetricEigen(covariance, { vectors: 0, products });
  const rank = matrixRank(values, covariance.rows);
  return {
    rank,
    conditionNumber: rank < covariance.rows ? null : conditionNumber(values),
  };
}

/** What a generalized eigendecomposition of S and R at full width, uncompressed, would meet. */
export interface DirectDiagnosis {
  readonly possible: boolean;
  /** One or two sentences with the numbers. */
  readonly explanation: string;
}

/**
 * Says whether the direct GED `S w = l R w` could be done at full width: R must have full rank.
 * @param columns D
 */
export function diagnoseDirect(
  names: { readonly target: string; readonly reference: string },
  fullRank: Compression["fullRank"],
  columns: number,
): DirectDiagnosis {
  const { target, reference, kind } = fullRank;
  const atMost = kind === "upperBound" ? "at most " : "";
  if (reference < columns) {
    return {
      possible: false,
      explanation:
        `A direct GED at full width is impossible: the covariance of ${names.reference} (R) has rank ` +
        `${atMost}${reference} of ${columns} (and that of ${names.target} ${atMost}${target}), so R has no ` +
        `inverse and ${columns - reference} dimensions would divide by zero.`,
    };
  }
  return {
    possible: true,
    explanation:
      `A direct GED at full width is possible: the covariance of ${names.reference} (R) can have full rank ` +
      `${columns}. Compression first still removes the directions that hold next to no variance.`,
  };
}
