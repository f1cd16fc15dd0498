import { checkComparable } from "../../conditions/checkComparable.ts";
import type { Condition } from "../../conditions/condition.ts";
import { captureDifference } from "../../conditions/provenance/compareProvenance.ts";
import { EigenlensError } from "../../errors.ts";
import { scaledCondition, scaledUnitsWarning } from "../../ged/method/scaling.ts";
import { unscaleTransfers } from "../../ged/validation/transfer/transferScale.ts";
import { transferDirection, type TransferReport } from "../../ged/validation/transfer/transfer.ts";
import type { TransferRequest, TransferResult } from "../../protocol/transfer.ts";
import type { ComponentView } from "../../protocol/views/runView.ts";
import type { RunDocument } from "../../runs/runDocument.ts";
import { mayHaveBeenFitted } from "../fittedRows.ts";
import { rowNames } from "../openBoth.ts";
import type { KeptRows } from "../reading/keptRows.ts";
import { allStructure, findDesign } from "../../ged/validation/design/design.ts";
import { initialLabels } from "../../ged/validation/design/units.ts";
import { entryAt } from "../../lookup.ts";
import { asRows, projectScaled, sketchDirections, type TransferContext } from "./projectRows.ts";

/**
 * Scores a direction of a finished run on the rows of two other conditions: every number is held out,
 * unless these rows had a part in finding it, which a warning then says.
 * @param sources what the run was made from
 * @param component the direction, as its run gives it
 * @param rows opens the conditions
 * @throws EigenlensError "condition" if the widths differ, or as the files do; CancelledError
 */
export async function transferToFiles(
  component: ComponentView,
  sources: RunDocument["sources"],
  request: TransferRequest,
  rows: KeptRows,
  context: TransferContext,
): Promise<TransferResult> {
  const { reports, warnings } = await transferAll([component], sources, request, rows, context);
  return { ...entryAt(reports, 0), warnings };
}

export interface TransferOfAll {
  /** One a component. */
  readonly reports: readonly TransferReport[];
  readonly rows: { readonly target: number; readonly reference: number };
  readonly fitted: boolean;
  readonly warnings: readonly string[];
}

/**
 * {@link transferToFiles} of several directions, each file being read once.
 * @param units a power of two that multiplies the rows, as it did those of the run
 * @throws EigenlensError "condition" if the widths differ, or as the files do; CancelledError
 */
export function transferAll(
  components: readonly ComponentView[],
  sources: RunDocument["sources"],
  request: TransferRequest,
  rows: KeptRows,
  context: TransferContext,
  units = 1,
): Promise<TransferOfAll> {
  return rows.borrow(request, async (pair) => {
    const { target, reference } = pair;
    checkComparable(target, reference);
    const width = components[0]?.filter.length;
    if (target.columns !== width) {
      throw new EigenlensError(
        "condition",
        `The direction was found in ${width} neurons, ${target.provenance.path} has ` +
          `${target.columns} columns: choose activations from a place of equal width.`,
      );
    }
    const directions = components.map(({ filter }) => filter);
    const { projections: all, factor } = await projectScaled(
      scaledCondition(target, units),
      scaledCondition(reference, units),
      [...directions, ...sketchDirections(width)],
      context,
    );
    // The hashes read what is left of the files.
    const fitted = await mayHaveBeenFitted([target, reference], sources, pair.hashOf);
    await pair.checkUnchanged();
    const projections = {
      target: all.target.slice(0, directions.length),
      reference: all.reference.slice(0, directions.length),
    };
    const sketch = {
      target: all.target.slice(directions.length),
      reference: all.reference.slice(directions.length),
    };
    const design = findDesign(
      { kind: "coordinates", rows: asRows(sketch, target.rows, reference.rows) },
      initialLabels(target.rows, reference.rows),
      rowNames(target, reference),
      allStructure,
      request.seed,
      () => context.cancellation.throwIfRequested(),
    );
    const { permutations, seed } = request;
    const scored = components.map(({ direction, meanDifference }, place) => {
      context.report({ step: "Permuting labels", fraction: place / components.length });
      return transferDirection(
        {
          target: entryAt(projections.target, place),
          reference: entryAt(projections.reference, place),
          carries: direction === "forward" ? "target" : "reference",
          upright: meanDifference >= 0,
          design,
        },
        { permutations, seed, cancellation: context.cancellation },
      );
    });
    const unscaled = factor === 1 ? scored : unscaleTransfers(scored, factor);
    const remaining = unscaled === undefined ? units * factor : units;
    return {
      reports: unscaled ?? scored,
      rows: { target: target.rows, reference: reference.rows },
      fitted,
      warnings: [
        ...(fitted ? [fittedWarning] : []),
        ...siteWarnings([target, reference], sources),
        ...(remaining === 1 ? [] : [scaledUnitsWarning(remaining)]),
        ...design.warnings.map(({ text }) => text),
        ...design.notes,
      ],
    };
  });
}

/** Where a direction was found and where it is tried should be one place in one model. */
function siteWarnings(conditions: readonly Condition[], sources: RunDocument["sources"]): string[] {
  const { provenance } = sources.target;
  const differences = conditions.map(({ capture }) => captureDifference(provenance, capture));
  const difference = differences.find((each) => each !== undefined);
  if (difference === undefined) return [];
  return [
    `The direction was found at another place than these rows are from (${difference}): it need not mean the same there.`,
  ];
}

/** Whether some of the rows had a part in finding the direction, by the warnings of a transfer. */
export function wereFitted(warnings: readonly string[]): boolean {
  return warnings.includes(fittedWarning);
}

const fittedWarning =
  "Some of these rows are rows that the direction was fitted on, so these figures are not held out: choose other rows.";
