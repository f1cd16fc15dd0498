import { ofDirections } from "../../ged/method/directions.ts";
import type { CorrectedLayer } from "../../ged/validation/layers/correctOverLayers.ts";
import type { DirectionReport, ValidationReport } from "../../ged/validation/report.ts";
import type { SweptDirection, SweptLayer } from "../../protocol/sweep.ts";
import type { RunSummary, SeparationSummary } from "../../runs/summary.ts";
import { entryAt } from "../../lookup.ts";

/** What one layer gave, in numbers. @param report null if it was not validated */
export function describeLayer(
  summary: RunSummary,
  report: ValidationReport | null,
): NonNullable<SweptLayer["found"]> {
  return {
    rows: { target: summary.target.rows, reference: summary.reference.rows },
    columns: summary.target.columns,
    ...(summary.atHand === undefined ? {} : { fromMoments: true }),
    components: summary.compression.components,
    varianceKept: summary.compression.varianceKept,
    rank: { target: summary.rank.target, reference: summary.rank.reference },
    ...ofDirections((direction) =>
      describeDirection(summary.directions[direction], report?.directions[direction]),
    ),
    seconds: summary.seconds.total + (report?.seconds ?? 0),
  };
}

/** The same layer with the p that counts all layers. */
export function withCorrectedP(
  layer: SweptLayer,
  corrected: CorrectedLayer | undefined,
): SweptLayer {
  const { found } = layer;
  if (found === undefined || corrected === undefined) return layer;
  return {
    ...layer,
    found: {
      ...found,
      ...ofDirections((direction) => ({
        ...found[direction],
        correctedP: corrected[direction],
      })),
    },
  };
}

function describeDirection(
  separation: SeparationSummary,
  report: DirectionReport | undefined,
): SweptDirection {
  const interval = report?.heldOutRatioInterval;
  const p = report?.permutation?.heldOut?.p;
  return {
    eigenvalue: entryAt(separation.eigenvalues, 0),
    inSampleRatio: entryAt(separation.carriedVariance, 0) / entryAt(separation.silencedVariance, 0),
    heldOutRatio: report?.heldOut?.ratio ?? null,
    ...(interval === undefined ? {} : { heldOutRatioInterval: interval }),
    ...(p === undefined ? {} : { p }),
    ...(report === undefined ? {} : { verdict: report.verdict }),
  };
}
