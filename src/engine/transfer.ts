import { checkComparable } from "../conditions/checkComparable.ts";
import type { Condition } from "../conditions/condition.ts";
import { captureDifference } from "../conditions/provenance/compareProvenance.ts";
import { shortSource } from "../conditions/naming/describeSource.ts";
import { distinctNames } from "../conditions/naming/distinctNames.ts";
import { EigenlensError } from "../errors.ts";
import type { RunContext } from "../ged/method/context.ts";
import { forEachRowBlock } from "../ged/full/rowBlocks.ts";
import type { Interval } from "../ged/validation/report.ts";
import { scaledCondition, scaledUnitsWarning } from "../ged/method/scaling.ts";
import { projectionFactor, unscaleTransfers } from "../ged/validation/transfer/transferScale.ts";
import { transferDirection, type TransferReport } from "../ged/validation/transfer/transfer.ts";
import type { TransferRequest, TransferResult } from "../protocol/transfer.ts";
import { directionNames, ofDirections, type DirectionName } from "../ged/method/directions.ts";
import type { ComponentView } from "../protocol/views/runView.ts";
import type { RunDocument } from "../runs/runDocument.ts";
import type { RunTransfer, TransferredComponent } from "../runs/runTransfer.ts";
import { mayHaveBeenFitted } from "./fittedRows.ts";
import { rowNames } from "./openBoth.ts";
import type { KeptRows } from "./reading/keptRows.ts";
import { allStructure, findDesign } from "../ged/validation/design/design.ts";
import { initialLabels } from "../ged/validation/design/units.ts";
import { purposes, RandomStream } from "../statistics/random.ts";
import { matrix, type Matrix } from "../linalg/matrix.ts";
import type { SolvableRun } from "./solving/solvableRun.ts";
import { entryAt } from "../lookup.ts";
import { innerProduct } from "../linalg/innerProduct.ts";

type TransferContext = Pick<RunContext, "cancellation" | "report">;

/** As many components of each direction as a validation reports. */
const transferredComponents = 5;

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

/**
 * {@link transferToFiles} of the first components of both directions, the files being read once.
 * @throws EigenlensError "usage" if the run holds no directions; as {@link transferToFiles} does
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

/** Directions along which rows are compared with each other. */
const sketched = 16;

interface TransferOfAll {
  /** One a component. */
  readonly reports: readonly TransferReport[];
  readonly rows: { readonly target: number; readonly reference: number };
  readonly fitted: boolean;
  readonly warnings: readonly string[];
}

function transferAll(
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

/**
 * Random directions of neuron space with entries +-1 (Achlioptas 2003): distances along them are those between the
 * rows within a third or so, whichever components are tried, so that rows which repeat each other or come in pairs are
 * found as in a validation.
 */
function sketchDirections(width: number): Float64Array[] {
  return Array.from({ length: sketched }, (_, index) => {
    const random = new RandomStream(0, purposes.design, index);
    return Float64Array.from({ length: width }, () => (random.below(2) === 0 ? -1 : 1));
  });
}

/** The projections as rows, [nA + nB, directions]. */
function asRows(
  projections: { readonly target: Float64Array[]; readonly reference: Float64Array[] },
  targetRows: number,
  referenceRows: number,
): Matrix {
  const count = projections.target.length;
  const rows = matrix(targetRows + referenceRows, count);
  projections.target.forEach((values, d) => {
    values.forEach((value, i) => {
      rows.values[i * count + d] = value;
    });
    entryAt(projections.reference, d).forEach((value, i) => {
      rows.values[(targetRows + i) * count + d] = value;
    });
  });
  return rows;
}

/** Projections times a power of two, if their squares would over- or underflow. */
async function projectScaled(
  target: Condition,
  reference: Condition,
  directions: readonly Float64Array[],
  context: TransferContext,
) {
  const projections = await project(target, reference, directions, context);
  const all = [...projections.target, ...projections.reference];
  const factor = projectionFactor(all);
  if (factor !== 1) {
    for (const own of all) own.forEach((value, i) => (own[i] = value * factor));
  }
  return { projections, factor };
}

/** Uncentred projections of every row on directions [D], one array of rows a direction. */
async function project(
  target: Condition,
  reference: Condition,
  directions: readonly Float64Array[],
  context: TransferContext,
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
