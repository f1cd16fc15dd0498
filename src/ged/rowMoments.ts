import type { Condition } from "../conditions/condition.ts";
import { matrix } from "../linalg/matrix.ts";
import type { RunContext } from "./context.ts";
import type { ConditionMoments, RowMoments } from "./moments.ts";
import { forEachRowBlock } from "./rowBlocks.ts";

/**
 * Reads both conditions into memory, centres each on its own mean and scales the rows so that the
 * average covariance is `Z'Z` (the Gram route, N < D).
 *
 * The mean is taken first and subtracted from the rows before anything is multiplied, as `numpy.cov`
 * does: no cancellation, whatever the offset of the data.
 * @returns scaled rows [nA + nB, D], target first
 * @throws EigenlensError as {@link Condition.readRows} does; CancelledError
 */
export async function readRowMoments(
  target: Condition,
  reference: Condition,
  context: RunContext,
): Promise<RowMoments> {
  const columns = target.columns;
  const scaledRows = matrix(target.rows + reference.rows, columns);
  const split = target.rows * columns;
  const targetRows = scaledRows.values.subarray(0, split);
  const referenceRows = scaledRows.values.subarray(split);
  await forEachRowBlock([target, reference], context, (block) => {
    const into = block.condition === target ? targetRows : referenceRows;
    into.set(block.values, block.start * columns);
  });
  return {
    route: "gram",
    columns,
    scaledRows,
    target: centreAndScale(target.name, targetRows, target.rows, columns),
    reference: centreAndScale(reference.name, referenceRows, reference.rows, columns),
  };
}

/** Centres `rows` [n, D] in place and divides by `sqrt(2 (n - 1))`; returns the moments found. */
function centreAndScale(
  name: string,
  rows: Float64Array,
  count: number,
  columns: number,
): ConditionMoments {
  const mean = new Float64Array(columns);
  for (let i = 0; i < count; i += 1) {
    const offset = i * columns;
    for (let j = 0; j < columns; j += 1) mean[j] += rows[offset + j];
  }
  for (let j = 0; j < columns; j += 1) mean[j] /= count;
  const scale = 1 / Math.sqrt(2 * (count - 1));
  const variance = new Float64Array(columns);
  for (let i = 0; i < count; i += 1) {
    const offset = i * columns;
    for (let j = 0; j < columns; j += 1) {
      const centred = rows[offset + j] - mean[j];
      variance[j] += centred * centred;
      rows[offset + j] = centred * scale;
    }
  }
  for (let j = 0; j < columns; j += 1) variance[j] /= count - 1;
  return { name, rows: count, mean, variance };
}
