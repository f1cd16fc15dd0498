import type { Condition } from "../../conditions/condition.ts";
import type { RunContext } from "../method/context.ts";
import { startRowProgress } from "./rowProgress.ts";

/** Bytes of decoded float64 rows held at once: large enough for the disk, small enough to cancel quickly. */
const blockBytes = 8 * 2 ** 20;

export interface RowBlock {
  readonly condition: Condition;
  /** First row of the block in its condition. */
  readonly start: number;
  readonly rows: number;
  /** `rows * columns` values, valid only until the callback returns. */
  readonly values: Float64Array;
}

/** How many rows make one block of the conditions' width. */
export function rowsPerBlock(columns: number): number {
  return Math.max(1, Math.floor(blockBytes / (8 * columns)));
}

/**
 * Streams the rows of several conditions through one callback, the next block being read while the
 * callback works on the present one.
 * @throws EigenlensError as {@link Condition.readRows} does; CancelledError between blocks
 */
export async function forEachRowBlock(
  conditions: readonly Condition[],
  context: Pick<RunContext, "cancellation" | "report">,
  use: (block: RowBlock) => void,
): Promise<void> {
  const totalRows = conditions.reduce((sum, condition) => sum + condition.rows, 0);
  const progress = startRowProgress(totalRows, context);
  const pieces = [...splitIntoBlocks(conditions)];
  // Never longer than the longest block, so that a small run allocates little.
  const longest = Math.max(...pieces.map((piece) => piece.rows * piece.condition.columns));
  const buffers = [new Float64Array(longest), new Float64Array(pieces.length > 1 ? longest : 0)];
  const read = async (index: number): Promise<RowBlock> => {
    const { condition, start, rows } = pieces[index];
    const values = buffers[index % 2].subarray(0, rows * condition.columns);
    await condition.readRows(start, start + rows, values);
    return { condition, start, rows, values };
  };
  let next: Promise<RowBlock> | undefined = pieces.length > 0 ? read(0) : undefined;
  for (let index = 0; next !== undefined; index += 1) {
    const block: RowBlock = await next;
    next = index + 1 < pieces.length ? read(index + 1) : undefined;
    // A failed read-ahead must not count as unhandled while the callback works.
    next?.catch(() => undefined);
    use(block);
    progress(block.condition.name, block.rows);
  }
}

function* splitIntoBlocks(
  conditions: readonly Condition[],
): Generator<{ condition: Condition; start: number; rows: number }> {
  for (const condition of conditions) {
    const step = rowsPerBlock(condition.columns);
    for (let start = 0; start < condition.rows; start += step) {
      yield { condition, start, rows: Math.min(step, condition.rows - start) };
    }
  }
}
