import type { Condition } from "../../../conditions/condition.ts";
import { createCrossProductAccumulator } from "../../../linalg/crossProductAccumulator.ts";
import type { Matrix } from "../../../linalg/matrix.ts";
import type { RunContext } from "../../method/context.ts";
import type { ConditionMoments, CovarianceMoments } from "./moments.ts";
import { startRowProgress } from "../rowProgress.ts";

/**
 * Streams both conditions once and accumulates their covariances (the covariance route, N >= D). While
 * one block is multiplied by the engine's threads the next is read; memory is bounded whatever N is.
 * @param precision `single` keeps rows and products in float32 and their sums in float64
 * @returns S and R, [D, D] each, ddof = 1
 * @throws EigenlensError as {@link Condition.readRows} does; CancelledError
 */
export async function readCovarianceMoments(
  target: Condition,
  reference: Condition,
  precision: "double" | "single",
  context: RunContext,
): Promise<CovarianceMoments> {
  const progress = startRowProgress(target.rows + reference.rows, context);
  const first = await readCondition(target, precision, context, progress);
  const second = await readCondition(reference, precision, context, progress);
  return {
    route: "covariance",
    precision,
    columns: target.columns,
    target: first.moments,
    reference: second.moments,
    targetCovariance: first.covariance,
    referenceCovariance: second.covariance,
  };
}

async function readCondition(
  condition: Condition,
  precision: "double" | "single",
  context: RunContext,
  progress: (name: string, rows: number) => void,
): Promise<{ covariance: Matrix; moments: ConditionMoments }> {
  const { columns, rows, name } = condition;
  const accumulator = createCrossProductAccumulator(context.bulk ?? context.products, columns, {
    precision,
  });
  try {
    let origin: Float64Array | undefined;
    for (let start = 0; start < rows; start += accumulator.blockRows) {
      const count = Math.min(accumulator.blockRows, rows - start);
      await condition.readRows(
        start,
        start + count,
        accumulator.block.subarray(0, count * columns),
      );
      // The products of single precision round less about the block's own mean.
      if (precision === "double")
        origin = subtractOrigin(accumulator.block, count, columns, origin);
      accumulator.add(count);
      progress(name, count);
    }
    const { mean, scatter } = accumulator.finish(1);
    const variance = new Float64Array(columns);
    for (let j = 0; j < columns; j += 1) {
      variance[j] = scatter.values[j * columns + j];
      mean[j] += origin?.[j] ?? 0;
    }
    return { covariance: scatter, moments: { name, rows, mean, variance } };
  } finally {
    accumulator.release();
  }
}

/**
 * Takes the condition's first row off every row of a block: a neuron that is the same in all rows is then exactly
 * zero, whatever sums of its value round to.
 * @param block [count, columns] and what lies behind
 * @param origin the first row of the condition; that of this block if there was none before
 * @returns the origin
 */
export function subtractOrigin(
  block: Float32Array | Float64Array,
  count: number,
  columns: number,
  origin: Float64Array = Float64Array.from(block.subarray(0, columns)),
): Float64Array {
  for (let at = 0; at < count * columns; at += columns) {
    for (let j = 0; j < columns; j += 1) block[at + j] -= origin[j];
  }
  return origin;
}
