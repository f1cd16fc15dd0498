import type { Condition } from "../../conditions/condition.ts";
import { matrix, type Matrix } from "../../linalg/matrix.ts";
import { conditionMoments } from "../full/moments/conditionMoments.ts";
import { totalVariance } from "../full/moments/moments.ts";
import { readPooledRows } from "../full/pooledRows.ts";
import { checkVariance } from "../method/checkVariance.ts";
import {
  canScaleBack,
  needsScaling,
  scaledCondition,
  scaledUnitsWarning,
  suitableFactor,
} from "../method/scaling.ts";
import type { FitOptions } from "../reduced/fitReduced.ts";
import type { RowNames } from "./design/design.ts";
import type { ValidationContext } from "./input.ts";
import type { ValidationOptions } from "./options.ts";
import type { ValidationReport } from "./report.ts";
import { unscaleReport } from "./scale/unscaleReport.ts";
import { validateRows } from "./validateRows.ts";

/**
 * Reads both conditions and validates their separation; scaled first as the run itself is, if squares of the activations
 * over- or underflow.
 * @throws EigenlensError "condition" if a condition does not vary, "numerics" if they are too far apart for one
 *   double, and as {@link validateRows} and `rowsRead` do; CancelledError
 * @param context its `rowsRead` is asked once nothing more will be read, before the long work
 */
export async function validateConditions(
  target: Condition,
  reference: Condition,
  names: RowNames,
  fit: FitOptions,
  options: ValidationOptions,
  context: ValidationContext & { readonly rowsRead?: () => Promise<void> },
): Promise<ValidationReport> {
  let rows = await readPooledRows(target, reference, context);
  let moments = momentsOf(rows, target, reference);
  let factor = 1;
  if (needsScaling(totalVariance(moments.target), totalVariance(moments.reference))) {
    factor = await suitableFactor(target, reference, context);
    const scaled = [scaledCondition(target, factor), scaledCondition(reference, factor)] as const;
    rows = await readPooledRows(...scaled, context);
    moments = momentsOf(rows, target, reference);
  }
  await context.rowsRead?.();
  checkVariance(moments.target, target);
  checkVariance(moments.reference, reference);
  const total = (totalVariance(moments.target) + totalVariance(moments.reference)) / 2;
  const scalesBack = factor !== 1 && canScaleBack(total, factor);
  const back = (report: ValidationReport) => (scalesBack ? unscaleReport(report, factor) : report);
  const report = await validateRows(
    {
      rows,
      targetRows: target.rows,
      referenceRows: reference.rows,
      names,
      remarks: factor === 1 || scalesBack ? [] : [scaledUnitsWarning(factor)],
    },
    fit,
    options,
    {
      ...context,
      report: ({ partial, ...progress }) =>
        context.report(partial === undefined ? progress : { ...progress, partial: back(partial) }),
    },
  );
  return back(report);
}

function momentsOf(rows: Matrix, target: Condition, reference: Condition) {
  const split = target.rows * rows.columns;
  const own = rows.values;
  return {
    target: conditionMoments(
      target.name,
      matrix(target.rows, rows.columns, own.subarray(0, split)),
    ),
    reference: conditionMoments(
      reference.name,
      matrix(reference.rows, rows.columns, own.subarray(split)),
    ),
  };
}
