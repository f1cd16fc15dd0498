import { directionReport } from "../protocol/directionReport.ts";
import type { ValidationReport } from "../ged/validation/report.ts";
import { formatCount, formatNumber, formatProbability, formatSeconds, times } from "./format.ts";

/** What survives, in a few plain lines; the names are those of the two conditions. */
export function describeValidation(
  report: ValidationReport,
  names: { readonly target: string; readonly reference: string },
): string[] {
  return [
    `  Validation (${howTested(report)}, ${formatSeconds(report.seconds)}):`,
    ...describeDirection(`${names.target} over ${names.reference}`, report, "forward"),
    ...describeDirection(`${names.reference} over ${names.target}`, report, "swapped"),
    ...largestOfAll(report),
    ...report.warnings.map((warning) => `    Warning: ${warning.text}`),
    ...report.omitted.map((part) => `    Left out: ${part}`),
  ];
}

const among = {
  withinPairs: "within pairs",
  withinGroups: "within groups",
  clusters: "across clusters",
  across: "across rows",
} as const;

function howTested({ scheme, permutations }: ValidationReport): string {
  const parts = [
    scheme.kind === "trainTest"
      ? `rows ${scheme.trainRows.start}:${scheme.trainRows.stop} fitted, ${scheme.testRows.start}:${scheme.testRows.stop} tested`
      : `${scheme.repeats} x ${scheme.folds}-fold cross-validation, seed ${scheme.seed}`,
    ...(permutations === undefined
      ? []
      : [`${formatCount(permutations.count)} permutations ${among[permutations.exchange]}`]),
  ];
  return parts.join(", ");
}

/** The ratio with its own interval, null and p; then what it is relative to, and how silent the other is. */
function describeDirection(
  title: string,
  validation: ValidationReport,
  direction: "forward" | "swapped",
): string[] {
  const report = directionReport(validation, direction);
  const { heldOut, permutation, heldOutRatioInterval: interval } = report;
  const traces = direction === "forward" ? validation.traceRatio : 1 / validation.traceRatio;
  const inSample =
    `${times(report.inSample.ratio)} in sample` +
    (permutation === undefined ? "" : ` (permuted labels: ${times(permutation.inSample.median)})`);
  if (heldOut === null) return [`    ${title}: ${inSample}`];
  const evidence = [
    ...(interval === undefined
      ? []
      : [`95 %: ${formatNumber(interval.low)} to ${formatNumber(interval.high)}`]),
    ...(permutation?.heldOut
      ? [
          `permuted labels: ${times(permutation.heldOut.median)}`,
          `p = ${formatProbability(permutation.heldOut.p)}`,
        ]
      : []),
  ];
  const { relativeRatio, silence } = report;
  const beside = [
    ...(relativeRatio === undefined
      ? []
      : [`${times(relativeRatio)} relative to the traces (${times(traces)})`]),
    ...(silence === undefined ? [] : [`silence ${(100 * silence).toPrecision(2)} %`]),
    `AUC ${heldOut.auc.toFixed(3)}`,
  ];
  return [
    `    ${title}: ${times(heldOut.ratio)} held out${evidence.length === 0 ? "" : ` (${evidence.join("; ")})`}, ${inSample}`,
    `      held out: ${beside.join(", ")}`,
  ];
}

/** One p for having looked at everything, beside the ratio that it is of. */
function largestOfAll({ maxP, components, swapped }: ValidationReport): string[] {
  if (maxP === undefined) return [];
  const ratios = [...components, ...swapped.components].flatMap(({ heldOut }) =>
    heldOut === null || Number.isNaN(heldOut.ratio) ? [] : [heldOut.ratio],
  );
  return [
    `    largest of both directions and ${components.length} components: ${times(Math.max(...ratios))} held out, p = ${formatProbability(maxP)}`,
  ];
}
