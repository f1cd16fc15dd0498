import type { FileSystem } from "../activations/byteSource.ts";
import { checkComparable } from "../conditions/checkComparable.ts";
import type { Condition } from "../conditions/condition.ts";
import { EigenlensError } from "../errors.ts";
import type { RunContext } from "../ged/context.ts";
import { forEachRowBlock } from "../ged/rowBlocks.ts";
import { transferDirection, type TransferReport } from "../ged/validate/transfer.ts";
import type { TransferRequest } from "../protocol/transfer.ts";
import type { ComponentView } from "../protocol/runView.ts";
import { openBoth, pairedGroups } from "./openBoth.ts";

/**
 * Scores a direction of a finished run on the rows of two other conditions: every number is held out,
 * since these rows had no part in finding it.
 * @param component the direction, as its run's session gives it
 * @throws EigenlensError "condition" where the widths differ, or as the files do; CancelledError
 */
export async function transferToFiles(
  component: ComponentView,
  request: TransferRequest,
  fileSystem: FileSystem,
  context: Pick<RunContext, "cancellation" | "report">,
): Promise<TransferReport> {
  return openBoth(request, fileSystem, async (target, reference) => {
    checkComparable(target, reference);
    if (target.columns !== component.filter.length) {
      throw new EigenlensError(
        "condition",
        `The direction was found in ${component.filter.length} neurons, ${target.provenance.path} has ` +
          `${target.columns} columns: choose activations from a place of equal width.`,
      );
    }
    const projections = await project(target, reference, component.filter, context);
    const groups = pairedGroups(target, reference);
    return transferDirection(
      {
        ...projections,
        carries: component.direction === "forward" ? "target" : "reference",
        upright: component.meanDifference >= 0,
        ...(groups === undefined ? {} : { groups }),
      },
      { permutations: request.permutations, seed: request.seed },
    );
  });
}

/** Uncentred projections of every row on a unit direction [D]. */
async function project(
  target: Condition,
  reference: Condition,
  direction: Float64Array,
  context: Pick<RunContext, "cancellation" | "report">,
): Promise<{ target: Float64Array; reference: Float64Array }> {
  const found = {
    target: new Float64Array(target.rows),
    reference: new Float64Array(reference.rows),
  };
  const columns = direction.length;
  await forEachRowBlock([target, reference], context, ({ condition, start, rows, values }) => {
    const into = condition === target ? found.target : found.reference;
    for (let i = 0; i < rows; i += 1) {
      let sum = 0;
      for (let j = 0; j < columns; j += 1) sum += values[i * columns + j] * direction[j];
      into[start + i] = sum;
    }
  });
  return found;
}
