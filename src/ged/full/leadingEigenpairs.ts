import { KernelMatrix } from "../../linalg/kernelMatrix.ts";
import type { Matrix } from "../../linalg/matrix.ts";
import { partialSymmetricEigen } from "../../linalg/partialEigen/partialSymmetricEigen.ts";
import { symmetricEigen } from "../../linalg/symmetricEigen.ts";
import { WasmProducts } from "../../linalg/wasmProducts.ts";
import type { RunContext } from "../method/context.ts";
import { cutScree, wantedEigenpairs } from "../method/cut.ts";
import type { GedOptions } from "../method/options.ts";

/** The eigenpairs of an average covariance that a cut needs. */
export interface LeadingEigenpairs {
  /** Descending: all D, or only those that were searched for. */
  readonly values: Float64Array;
  /** At least as many as the cut keeps, one a row, [count, D]. */
  readonly vectors: Matrix;
}

/** Below this order a full decomposition takes a fraction of a second and shows the whole spectrum. */
export const smallestPartialOrder = 768;

/**
 * The largest eigenpairs of the average covariance, as many as the scree cut keeps: by a partial solver
 * that the known trace certifies where the spectrum decays, by a full one with only the kept vectors
 * where it is flat.
 * @param average C [D, D], best in the kernels' memory where they are the engine
 * @param total trace(C)
 * @throws CancelledError
 */
export function leadingEigenpairs(
  average: Matrix | KernelMatrix,
  total: number,
  options: GedOptions,
  context: RunContext,
): LeadingEigenpairs {
  const { products, cancellation } = context;
  const checkpoint = () => cancellation.throwIfRequested();
  const whole = average instanceof KernelMatrix ? average.matrix : average;
  if (products instanceof WasmProducts && whole.rows >= smallestPartialOrder) {
    const goal = wantedEigenpairs(options.keep, whole.rows);
    const found = partialSymmetricEigen(average, { products, checkpoint, ...goal });
    if (!("refused" in found)) {
      return { values: found.values, vectors: found.vectors };
    }
  }
  const vectors = (values: Float64Array) => cutScree(values, total, options.keep).components;
  return symmetricEigen(whole, { products, checkpoint, vectors });
}
