import type { Condition } from "../../../conditions/condition.ts";
import type { HeldRows } from "../../../linalg/capabilities.ts";
import { matrix } from "../../../linalg/matrix.ts";
import type { RunContext } from "../../method/context.ts";
import type { ConditionMoments, HeldRowMoments, RowMoments } from "./moments.ts";
import { conditionMoments } from "./conditionMoments.ts";
import { rowsPerBlock } from "../rowBlocks.ts";
import { startRowProgress } from "../rowProgress.ts";

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
  const { columns } = target;
  const scaledRows = matrix(target.rows + reference.rows, columns);
  const conditions = await readScaledRows(target, reference, scaledRows.values, context);
  return { route: "gram", columns, scaledRows, ...conditions };
}

/**
 * The same rows in the engine's memory, where it multiplies them in place (the Krylov route).
 * @param holdRows the engine's capability
 * @throws EigenlensError as {@link readRowMoments}, or "memory"
 */
export async function readHeldRowMoments(
  target: Condition,
  reference: Condition,
  holdRows: (rows: number, columns: number) => HeldRows,
  context: RunContext,
): Promise<HeldRowMoments> {
  const { columns } = target;
  const held = holdRows(target.rows + reference.rows, columns);
  try {
    const conditions = await readScaledRows(target, reference, held.rows.values, context);
    return { route: "krylov", columns, held, ...conditions };
  } catch (error) {
    held.release();
    throw error;
  }
}

/** @param into [nA + nB, D], receives the scaled rows, target first */
async function readScaledRows(
  target: Condition,
  reference: Condition,
  into: Float64Array,
  context: RunContext,
): Promise<{ target: ConditionMoments; reference: ConditionMoments }> {
  const progress = startRowProgress(target.rows + reference.rows, context);
  const split = target.rows * target.columns;
  return {
    target: await readCondition(target, into.subarray(0, split)),
    reference: await readCondition(reference, into.subarray(split)),
  };

  async function readCondition(
    condition: Condition,
    rows: Float64Array,
  ): Promise<ConditionMoments> {
    const { columns, name } = condition;
    const step = rowsPerBlock(columns);
    for (let start = 0; start < condition.rows; start += step) {
      const stop = Math.min(condition.rows, start + step);
      await condition.readRows(start, stop, rows.subarray(start * columns, stop * columns));
      progress(name, stop - start);
    }
    return centreAndScale(name, rows, condition.rows, columns);
  }
}

/** Centres `rows` [n, D] in place and divides by `sqrt(2 (n - 1))`; returns the moments found. */
function centreAndScale(
  name: string,
  rows: Float64Array,
  count: number,
  columns: number,
): ConditionMoments {
  const moments = conditionMoments(name, matrix(count, columns, rows));
  const scale = 1 / Math.sqrt(2 * (count - 1));
  for (let at = 0; at < rows.length; at += columns) {
    for (let j = 0; j < columns; j += 1) rows[at + j] = (rows[at + j] - moments.mean[j]) * scale;
  }
  return moments;
}
