import { shortSource } from "../../conditions/naming/describeSource.ts";
import { distinctNames } from "../../conditions/naming/distinctNames.ts";
import { EigenlensError } from "../../errors.ts";
import type { Interval } from "../../ged/validation/report.ts";
import type { TransferReport } from "../../ged/validation/transfer/transfer.ts";
import type { TransferRequest } from "../../protocol/transfer.ts";
import { directionNames, ofDirections, type DirectionName } from "../../ged/method/directions.ts";
import type { ComponentView } from "../../protocol/views/runView.ts";
import type { RunTransfer, TransferredComponent } from "../../runs/runTransfer.ts";
import type { KeptRows } from "../reading/keptRows.ts";
import type { SolvableRun } from "../solving/solvableRun.ts";
import { entryAt } from "../../lookup.ts";
import type { TransferContext } from "./projectRows.ts";
import { transferAll } from "./transferToFiles.ts";

/** As many components of each direction as a validation reports. */
const transferredComponents = 5;

/**
 * {@link transferAll} of the first components of both directions, the files being read once.
 * @throws EigenlensError "usage" if the run holds no directions; as {@link transferAll} does
 */
export async function transferRunToFiles(
  run: SolvableRun,
  request: TransferRequest,
  rows: KeptRows,
  context: TransferContext,
): Promise<RunTransfer> {
  const components = (
    await Promise.all(directionNames.map((direction) => firstComponents(run, direction)))
  ).flat();
  if (components.length === 0) {
    throw new EigenlensError(
      "usage",
      "This run holds no direction with an eigenvalue above 0: there is nothing to try on other files.",
    );
  }
  const { sources, summary } = run.document;
  const { numerics } = summary;
  // Beside what the run has found, in its units.
  const units = numerics?.scaledUnits === true ? (numerics.scaled ?? 1) : 1;
  const tried = await transferAll(components, sources, request, rows, context, units);
  const scored = components.map(({ direction, index }, place): TransferredComponent => {
    const { carriedVariance, silencedVariance } = summary.directions[direction];
    return {
      index,
      inSample: {
        carriedVariance: entryAt(carriedVariance, index),
        silencedVariance: entryAt(silencedVariance, index),
      },
      ...scoreOf(entryAt(tried.reports, place)),
    };
  });
  const scoredOf = (direction: DirectionName) =>
    scored.filter((_scored, place) => entryAt(components, place).direction === direction);
  const labels = distinctNames(labelled(request.target), labelled(request.reference));
  return {
    created: new Date().toISOString(),
    target: { source: request.target, label: labels[0], rows: tried.rows.target },
    reference: { source: request.reference, label: labels[1], rows: tried.rows.reference },
    permutations: request.permutations,
    seed: request.seed,
    ...(tried.fitted ? { fitted: true } : {}),
    ...ofDirections(scoredOf),
    warnings: tried.warnings,
  };
}

/** Those with loadings. */
function firstComponents(
  { made }: SolvableRun,
  direction: DirectionName,
): Promise<ComponentView[]> {
  const count = Math.min(transferredComponents, made.solution.mappedComponents[direction]);
  return Promise.all(Array.from({ length: count }, (_, index) => made.component(direction, index)));
}

function labelled(source: TransferRequest["target"]) {
  return { source, name: shortSource(source) };
}

function scoreOf({
  score,
  ratioInterval,
  aucInterval,
  permutation,
}: TransferReport): Pick<
  TransferredComponent,
  "transferred" | "ratioInterval" | "aucInterval" | "p"
> {
  const { carriedVariance, silencedVariance, auc, magnitudeAuc } = score;
  return {
    transferred: { carriedVariance, silencedVariance, auc, magnitudeAuc },
    ...(isFinite(ratioInterval) ? { ratioInterval } : {}),
    ...(isFinite(aucInterval) ? { aucInterval } : {}),
    ...(permutation === undefined ? {} : { p: permutation.p }),
  };
}

function isFinite({ low, high }: Interval): boolean {
  return Number.isFinite(low) && Number.isFinite(high);
}
