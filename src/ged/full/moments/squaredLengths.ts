import type { Condition } from "../../../conditions/condition.ts";
import { matrix, type Matrix } from "../../../linalg/matrix.ts";
import type { RunContext } from "../../method/context.ts";
import type { SquaredLengths } from "../compression.ts";
import type { Moments } from "./moments.ts";
import { forEachRowBlock } from "../rowBlocks.ts";

/**
 * `scale |y|^2` of each row's first k entries.
 * @param scores Y [n, K], K >= k
 * @returns [n]
 */
export function squaredLengthsOf(
  { rows, columns, values }: Matrix,
  k: number,
  scale: number,
): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let at = i * columns; at < i * columns + k; at += 1) sum += values[at] * values[at];
    return scale * sum;
  });
}

/**
 * `|V'(x - m)|^2` of every row x, m being its condition's mean: one more pass over the files, a block at a time.
 * @param basis V', [k, D]
 * @throws EigenlensError as {@link Condition.readRows} does; CancelledError
 */
export async function readSquaredLengths(
  { target, reference }: { readonly target: Condition; readonly reference: Condition },
  basis: Matrix,
  moments: Pick<Moments, "target" | "reference">,
  context: RunContext,
): Promise<SquaredLengths> {
  const { columns } = basis;
  const found = {
    target: new Float64Array(target.rows),
    reference: new Float64Array(reference.rows),
  };
  await forEachRowBlock([target, reference], context, (block) => {
    const name = block.condition === target ? "target" : "reference";
    const { mean } = moments[name];
    const rows = matrix(block.rows, columns, block.values);
    for (let at = 0; at < rows.values.length; at += columns) {
      for (let j = 0; j < columns; j += 1) rows.values[at + j] -= mean[j];
    }
    const scores = context.products.multiply(rows, basis, { transposeB: true });
    found[name].set(squaredLengthsOf(scores, basis.rows, 1), block.start);
  });
  return found;
}
