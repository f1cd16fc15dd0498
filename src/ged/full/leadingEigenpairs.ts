import type { HeldMatrix } from "../../linalg/capabilities.ts";
import type { Matrix } from "../../linalg/matrix.ts";
import { symmetricEigen } from "../../linalg/symmetricEigen.ts";
import type { RunContext } from "../method/context.ts";
import { cutScree, wantedEigenpairs } from "../method/cut.ts";
import type { GedOptions } from "../method/options.ts";

/** The eigenpairs of an average covariance that a cut needs. */
export interface LeadingEigenpairs {
  /** Descending: all D, or only those that were searched for. */
  readonly values: Float64Array;
  /** At least as many as the cut keeps, one per row, [count, D]. */
  readonly vectors: Matrix;
}

/**
 * The largest eigenpairs of the average covariance, as many as the scree cut keeps: by a partial solver
 * that the known trace certifies where the spectrum decays, by a full one with only the kept vectors
 * where it is flat.
 * @param average C [D, D], best in the engine's memory where it holds matrices
 * @param total trace(C)
 * @throws CancelledError
 */
export function leadingEigenpairs(
  average: Matrix | HeldMatrix,
  total: number,
  options: GedOptions,
  context: RunContext,
): LeadingEigenpairs {
  const { products, cancellation } = context;
  const checkpoint = () => cancellation.throwIfRequested();
  const whole = "matrix" in average ? average.matrix : average;
  const solver = products.partialEigen;
  if (solver !== undefined && whole.rows >= solver.smallestOrder) {
    const goal = wantedEigenpairs(options.keep, whole.rows);
    const found = solver.decompose(average, { checkpoint, ...goal });
    if (!("refused" in found)) return found;
  }
  const vectors = (values: Float64Array) => cutScree(values, total, options.keep).components;
  return symmetricEigen(whole, { products, checkpoint, vectors });
}
