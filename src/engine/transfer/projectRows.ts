import type { Condition } from "../../conditions/condition.ts";
import type { RunContext } from "../../ged/method/context.ts";
import { projectionFactor } from "../../ged/validation/transfer/transferScale.ts";
import { purposes, RandomStream } from "../../statistics/random.ts";
import { matrix, type Matrix } from "../../linalg/matrix.ts";
import { entryAt } from "../../lookup.ts";
import { streamProjections } from "../reading/streamProjections.ts";

export type TransferContext = Pick<RunContext, "cancellation" | "report">;

/** Directions along which rows are compared with each other. */
const sketched = 16;

/**
 * Random directions of neuron space with entries +-1 (Achlioptas 2003): distances along them are those between the
 * rows within a third or so, whichever components are tried, so that rows which repeat each other or come in pairs are
 * found as in a validation.
 */
export function sketchDirections(width: number): Float64Array[] {
  return Array.from({ length: sketched }, (_, index) => {
    const random = new RandomStream(0, purposes.design, index);
    return Float64Array.from({ length: width }, () => (random.below(2) === 0 ? -1 : 1));
  });
}

/** The projections as rows, [nA + nB, directions]. */
export function asRows(
  projections: { readonly target: Float64Array[]; readonly reference: Float64Array[] },
  targetRows: number,
  referenceRows: number,
): Matrix {
  const count = projections.target.length;
  const rows = matrix(targetRows + referenceRows, count);
  projections.target.forEach((values, d) => {
    values.forEach((value, i) => {
      rows.values[i * count + d] = value;
    });
    entryAt(projections.reference, d).forEach((value, i) => {
      rows.values[(targetRows + i) * count + d] = value;
    });
  });
  return rows;
}

/**
 * Uncentred projections of every row on directions [D], one array of rows per direction, times a power of two if their
 * squares would over- or underflow.
 * @throws EigenlensError as the files do; CancelledError
 */
export async function projectScaled(
  target: Condition,
  reference: Condition,
  directions: readonly Float64Array[],
  context: TransferContext,
) {
  const projections = await streamProjections([target, reference], directions, context);
  const all = [...projections.target, ...projections.reference];
  const factor = projectionFactor(all);
  if (factor !== 1) {
    for (const own of all) own.forEach((value, i) => (own[i] = value * factor));
  }
  return { projections, factor };
}
