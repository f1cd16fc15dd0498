import type { Compression } from "../ged/full/compression.ts";
import { cutScree } from "../ged/method/cut.ts";
import { matrix, type Matrix } from "../linalg/matrix.ts";
import type { Products } from "../linalg/products.ts";
import type { RunDocument } from "./runDocument.ts";

/** A compression rebuilt from a document, which may lack what was too large to store. */
export interface DocumentCompression extends Compression {
  /** Whether `covarianceTimes` sees all of the covariance or only the stored components of it. */
  readonly spansEverything: boolean;
  /** Whether directions can be mapped to neurons. */
  readonly mapsToNeurons: boolean;
  /** The same, cut at another share. */
  cutAt(share: number): DocumentCompression;
}

/**
 * Rebuilds the compression of a finished run from its document alone: S and R in the M stored
 * components from the rows' scores (`S = Y_A'Y_A / (nA - 1)`), or the k x k covariances where the
 * scores were too many to store.
 * @param document as read from disk or as just built
 */
export function compressionFromDocument(
  document: RunDocument,
  products: Products,
): DocumentCompression {
  const { summary } = document;
  const components = stackedComponents(document);
  const scores = pair(document, "scores.target", "scores.reference");
  const target = scores ? fromScores(scores.target) : required(document, "covariance.target");
  const reference = scores
    ? fromScores(scores.reference)
    : required(document, "covariance.reference");
  const eigenvalues = Float64Array.from([
    ...summary.compression.eigenvalues,
    ...summary.compression.discardedEigenvalues,
  ]);
  const spansEverything =
    scores !== undefined &&
    summary.rank.averageKind === "exact" &&
    target.rows === summary.rank.average;

  const withCut = (k: number, varianceKept: number): DocumentCompression => ({
    components: k,
    varianceKept,
    totalVariance: summary.compression.totalVariance,
    eigenvalues,
    target,
    reference,
    numerics: {
      referenceProjected: summary.numerics?.referenceProjected ?? false,
      refined: summary.numerics?.refined ?? false,
    },
    averageRank: { rank: summary.rank.average, kind: summary.rank.averageKind },
    fullRank: summary.rank.fullWidth,
    spansEverything,
    mapsToNeurons: components !== undefined,
    toNeurons: (coefficients) => {
      if (components === undefined) {
        throw new RangeError("The document holds no components: it was too large to store them.");
      }
      return products.multiply(coefficients, leadingRows(components, coefficients.columns));
    },
    covarianceTimes: (condition, coefficients) => {
      const covariance = condition === "target" ? target : reference;
      const rows = leadingRows(covariance, coefficients.columns);
      if (components === undefined) {
        throw new RangeError("The document holds no components: it was too large to store them.");
      }
      return products.multiply(
        products.multiply(coefficients, rows),
        leadingRows(components, covariance.columns),
      );
    },
    project: (coefficients) =>
      Promise.resolve(
        scores && {
          target: times(scores.target, coefficients),
          reference: times(scores.reference, coefficients),
        },
      ),
    cutAt: (share) => {
      const cut = cutScree(
        eigenvalues.subarray(0, target.rows),
        summary.compression.totalVariance,
        { share },
      );
      return withCut(cut.components, cut.varianceKept);
    },
  });
  return withCut(summary.compression.components, summary.compression.varianceKept);

  /** The first columns of the scores times the coefficients, [n, m]. */
  function times(rows: Matrix, coefficients: Matrix): Matrix {
    const padded = matrix(coefficients.rows, rows.columns);
    for (let i = 0; i < coefficients.rows; i += 1) {
      const from = i * coefficients.columns;
      padded.values.set(
        coefficients.values.subarray(from, from + coefficients.columns),
        i * rows.columns,
      );
    }
    return products.multiply(rows, padded, { transposeB: true });
  }

  function fromScores(rows: Matrix): Matrix {
    const covariance = products.multiply(rows, rows, { transposeA: true });
    const { values } = covariance;
    values.set(values.map((sum) => sum / (rows.rows - 1)));
    return covariance;
  }
}

/** A two-dimensional tensor of a document; undefined if it was left out. */
export function storedMatrix(document: RunDocument, name: string): Matrix | undefined {
  const found = document.tensors[name];
  if (found === undefined) return undefined;
  const [rows = 0, columns = 1] = found.shape;
  return matrix(rows, columns, found.values);
}

function required(document: RunDocument, name: string): Matrix {
  const found = storedMatrix(document, name);
  if (found === undefined) throw new RangeError(`The run document lacks ${name}.`);
  return found;
}

function pair(
  document: RunDocument,
  target: string,
  reference: string,
): { target: Matrix; reference: Matrix } | undefined {
  const a = storedMatrix(document, target);
  const b = storedMatrix(document, reference);
  return a && b && { target: a, reference: b };
}

/** V', the kept components and those beyond the cut, [M, D]. */
function stackedComponents(document: RunDocument): Matrix | undefined {
  const kept = storedMatrix(document, "compression.components");
  const further = storedMatrix(document, "compression.furtherComponents");
  if (kept === undefined || further === undefined) return kept;
  const values = new Float64Array(kept.values.length + further.values.length);
  values.set(kept.values);
  values.set(further.values, kept.values.length);
  return matrix(kept.rows + further.rows, kept.columns, values);
}

function leadingRows(a: Matrix, count: number): Matrix {
  return matrix(count, a.columns, a.values.subarray(0, count * a.columns));
}
