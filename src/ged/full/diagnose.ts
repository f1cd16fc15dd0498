import { printable } from "../../text/printable.ts";
import type { Matrix } from "../../linalg/matrix.ts";
import type { Products } from "../../linalg/products.ts";
import { conditionNumber, matrixRank } from "../../linalg/rank.ts";
import { meanEigenvalue, shrinking, shrunkVariance } from "../method/shrinkage/shrink.ts";
import { symmetricEigen } from "../../linalg/symmetricEigen.ts";
import type { Compression } from "./compression.ts";

/** Rank and condition of one covariance in k dimensions. */
export interface MatrixDiagnosis {
  readonly rank: number;
  /** Largest over smallest eigenvalue; null (infinite) where the rank falls short. */
  readonly conditionNumber: number | null;
}

/**
 * Rank by the rule of `numpy.linalg.matrix_rank` and condition number of a covariance, before and after
 * shrinkage. Shrinking moves the eigenvalues to `(1-g) l + g a`, so one decomposition tells both.
 * @param covariance symmetric, [k, k]
 * @param gamma g of the shrinkage
 */
export function diagnoseCovariance(
  covariance: Matrix,
  gamma: number,
  products: Products,
): { readonly before: MatrixDiagnosis; readonly after: MatrixDiagnosis } {
  const k = covariance.rows;
  const values = endsOfSpectrum(covariance, products) ?? allEigenvalues(covariance, products);
  const by = shrinking(gamma, meanEigenvalue(covariance));
  const shrunk = values.map((value) => shrunkVariance(by, value));
  return { before: diagnoseEigenvalues(values, k), after: diagnoseEigenvalues(shrunk, k) };
}

/** Largest and smallest eigenvalue, where both are clearly above zero and so tell all: shrinking keeps their order. */
function endsOfSpectrum(covariance: Matrix, products: Products): Float64Array | undefined {
  const ends = products.spectrumEnds?.(covariance);
  return ends && Float64Array.of(ends.largest, ends.smallest);
}

function allEigenvalues(covariance: Matrix, products: Products): Float64Array {
  return symmetricEigen(covariance, { vectors: 0, products }).values;
}

/** @param values all k eigenvalues, or both ends of them */
function diagnoseEigenvalues(values: Float64Array, k: number): MatrixDiagnosis {
  const dropped = values.length - matrixRank(values, k);
  return { rank: k - dropped, conditionNumber: dropped > 0 ? null : conditionNumber(values) };
}

/** What a generalized eigendecomposition of S and R at full width, uncompressed, would meet. */
export interface DirectDiagnosis {
  /** Null where only a bound of the rank is known, and the bound allows it. */
  readonly possible: boolean | null;
  /** One or two sentences with the numbers. */
  readonly explanation: string;
}

/**
 * Says whether the direct GED `S w = l R w` could be done at full width: R must have full rank. That it could is
 * said of a rank that was computed only; that it could not, of a bound as well.
 * @param columns D
 */
export function diagnoseDirect(
  names: { readonly target: string; readonly reference: string },
  fullRank: Compression["fullRank"],
  columns: number,
): DirectDiagnosis {
  const { target, reference, kind } = fullRank;
  const isBound = kind === "upperBound";
  const atMost = isBound ? "at most " : "";
  const covariance = `the covariance of ${printable(names.reference)} (R)`;
  const compressed =
    "Compression first still removes the directions that hold next to no variance.";
  if (reference < columns) {
    return {
      possible: false,
      explanation:
        `A direct GED at full width is impossible: ${covariance} has rank ` +
        `${atMost}${reference} of ${columns} (and that of ${printable(names.target)} ${atMost}${target}), so R has no ` +
        `inverse and ${isBound ? "at least " : ""}${columns - reference} dimensions would divide by zero.`,
    };
  }
  if (isBound) {
    return {
      possible: null,
      explanation:
        `Whether a direct GED at full width is possible was not computed: there are rows enough for ` +
        `${covariance} to have full rank ${columns}, which is only an upper bound; neurons that depend on each ` +
        `other make it less. ${compressed}`,
    };
  }
  return {
    possible: true,
    explanation: `A direct GED at full width is possible: ${covariance} has full numerical rank ${columns}. ${compressed}`,
  };
}
