import type { FileSystem } from "../activations/byteSource.ts";
import { checkComparable } from "../conditions/checkComparable.ts";
import type { Condition } from "../conditions/condition.ts";
import { EigenlensError } from "../errors.ts";
import type { RunContext } from "../ged/context.ts";
import { forEachRowBlock } from "../ged/rowBlocks.ts";
import { transferDirection } from "../ged/validate/transfer.ts";
import type { TransferRequest, TransferResult } from "../protocol/transfer.ts";
import type { RunDocument } from "../runs/runDocument.ts";
import type { ComponentView } from "../protocol/runView.ts";
import { mayHaveBeenFitted } from "./fittedRows.ts";
import { openBoth, pairedGroups } from "./openBoth.ts";

/**
 * Scores a direction of a finished run on the rows of two other conditions: every number is held out,
 * unless these rows had a part in finding it, which a warning then says.
 * @param sources what the run was made from
 * @param component the direction, as its run's session gives it
 * @throws EigenlensError "condition" where the widths differ, or as the files do; CancelledError
 */
export async function transferToFiles(
  component: ComponentView,
  sources: RunDocument["sources"],
  request: TransferRequest,
  fileSystem: FileSystem,
  context: Pick<RunContext, "cancellation" | "report">,
): Promise<TransferResult> {
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
    const fitted = await mayHaveBeenFitted([target, reference], sources, fileSystem);
    const report = transferDirection(
      {
        ...projections,
        carries: component.direction === "forward" ? "target" : "reference",
        upright: component.meanDifference >= 0,
        ...(groups === undefined ? {} : { groups }),
      },
      { permutations: request.permutations, seed: request.seed },
    );
    return { ...report, warnings: fitted ? [fittedWarning] : [] };
  });
}

const fittedWarning =
  "Some of these rows are rows that the direction was fitted on, so these figures are not held out: choose other rows.";

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
