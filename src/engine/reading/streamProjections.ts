import type { Condition } from "../../conditions/condition.ts";
import type { RunContext } from "../../ged/method/context.ts";
import { forEachRowBlock } from "../../ged/full/rowBlocks.ts";
import { innerProduct } from "../../linalg/innerProduct.ts";
import { entryAt } from "../../lookup.ts";

/**
 * Uncentred projections of every row on directions [D], one array of rows per direction: `v . x`. The rows stream by in
 * blocks, or come from memory.
 * @throws EigenlensError as {@link forEachRowBlock} does; CancelledError
 */
export async function streamProjections(
  [target, reference]: readonly [Condition, Condition],
  directions: readonly Float64Array[],
  context: Pick<RunContext, "cancellation" | "report">,
): Promise<{ target: Float64Array[]; reference: Float64Array[] }> {
  const found = {
    target: directions.map(() => new Float64Array(target.rows)),
    reference: directions.map(() => new Float64Array(reference.rows)),
  };
  await forEachRowBlock([target, reference], context, ({ condition, start, rows, values }) => {
    const into = condition === target ? found.target : found.reference;
    const { columns } = condition;
    directions.forEach((direction, place) => {
      const products = entryAt(into, place);
      for (let i = 0; i < rows; i += 1) {
        const own = values.subarray(i * columns, (i + 1) * columns);
        products[start + i] = innerProduct(own, direction);
      }
    });
  });
  return found;
}
