import type { Condition } from "../../conditions/condition.ts";
import { matrix, type Matrix } from "../../linalg/matrix.ts";
import type { RunContext } from "../method/context.ts";
import { forEachRowBlock } from "./rowBlocks.ts";

/**
 * The rows of both conditions in one matrix, target first, centred on their grand mean: the origin that
 * loses least when inner products of any subset are taken.
 * @returns X [nA + nB, D]
 * @throws EigenlensError as {@link Condition.readRows} does; CancelledError
 */
export async function readPooledRows(
  target: Condition,
  reference: Condition,
  context: Pick<RunContext, "cancellation" | "report">,
): Promise<Matrix> {
  const { columns } = target;
  const rows = matrix(target.rows + reference.rows, columns);
  await forEachRowBlock([target, reference], context, (block) => {
    const first = block.condition === target ? block.start : target.rows + block.start;
    rows.values.set(block.values, first * columns);
  });
  const mean = new Float64Array(columns);
  for (let at = 0; at < rows.values.length; at += columns) {
    for (let j = 0; j < columns; j += 1) mean[j] += rows.values[at + j];
  }
  for (let j = 0; j < columns; j += 1) mean[j] /= rows.rows;
  for (let at = 0; at < rows.values.length; at += columns) {
    for (let j = 0; j < columns; j += 1) rows.values[at + j] -= mean[j];
  }
  return rows;
}
