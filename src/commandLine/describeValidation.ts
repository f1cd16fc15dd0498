import type { DirectionReport, ValidationReport } from "../ged/validation/report.ts";
import { formatNumber, formatSeconds } from "./format.ts";

/** What survives, in a few plain lines; the names are those of the two conditions. */
export function describeValidation(
  report: ValidationReport,
  names: { readonly target: string; readonly reference: string },
): string[] {
  const { scheme } = report;
  const how =
    scheme.kind === "trainTest"
      ? `rows ${scheme.trainRows.start}:${scheme.trainRows.stop} fitted, ${scheme.testRows.start}:${scheme.testRows.stop} tested`
      : `${scheme.repeats} x ${scheme.folds}-fold cross-validation, seed ${scheme.seed}`;
  return [
    `  Validation (${how}, ${formatSeconds(report.seconds)}):`,
    describeDirection(`${names.target} over ${names.reference}`, report),
    describeDirection(`${names.reference} over ${names.target}`, report.swapped),
    ...report.warnings.map((warning) => `    Warning: ${warning.text}`),
    ...report.omitted.map((part) => `    Left out: ${part}`),
  ];
}

function describeDirection(title: string, report: DirectionReport): string {
  const parts = [`${formatNumber(report.inSample.ratio)} x in sample`];
  if (report.heldOut !== null) {
    const interval = report.heldOutRatioInterval;
    const range =
      interval === undefined
        ? ""
        : ` (95 %: ${formatNumber(interval.low)} to ${formatNumber(interval.high)})`;
    parts.push(`${formatNumber(report.heldOut.ratio)} x held out${range}`);
    parts.push(`AUC ${report.heldOut.auc.toFixed(3)} held out`);
  }
  const { permutation } = report;
  if (permutation !== undefined) {
    parts.push(`labels exchanged: ${formatNumber(permutation.inSample.median)} x in sample`);
    if (permutation.heldOut !== null) {
      parts.push(
        `${formatNumber(permutation.heldOut.median)} x held out, p = ${formatNumber(permutation.heldOut.p)}`,
      );
    }
  }
  return `    ${title}: ${parts.join(", ")}`;
}
