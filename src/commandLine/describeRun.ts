import type { RunSummary } from "../runs/summary.ts";
import { printable } from "../text/printable.ts";
import { describeValidation } from "./describeValidation.ts";
import { formatNumber, formatSeconds, formatShare } from "./format.ts";

/** A run in a few plain lines, as a person reads it in a terminal. */
export function describeRun(summary: RunSummary): string[] {
  const target = withShortName(summary.target);
  const reference = withShortName(summary.reference);
  const { compression, rank, shrinkage, separation, swapped, plan } = summary;
  return [
    `${target.name} vs ${reference.name}: ${target.rows} + ${reference.rows} rows, ${target.columns} neurons`,
    `  ${compression.components} components keep ${formatShare(compression.varianceKept)} of the variance ` +
      `(${formatNumber(compression.totalVariance)}); rank ${rank.target}/${rank.reference} of ` +
      `${compression.components}, ${rank.referenceShrunk} after shrinkage ${shrinkage.gamma}`,
    carries(
      target.name,
      reference.name,
      separation.eigenvalues[0],
      separation.targetVariance[0],
      separation.referenceVariance[0],
    ),
    carries(
      reference.name,
      target.name,
      swapped.eigenvalues[0],
      swapped.targetVariance[0],
      swapped.referenceVariance[0],
    ),
    ...(summary.validation === null
      ? ["  These figures are in sample: --validate says what survives on held-out rows."]
      : describeValidation(summary.validation, {
          target: target.name,
          reference: reference.name,
        })),
    `  ${summary.direct.explanation}`,
    ...summary.warnings.map((warning) => `  Note: ${warning}`),
    `  ${plan.route} route, ${plan.engine} engine, ${plan.precision} precision` +
      (plan.precision === "double"
        ? ""
        : ` (relative error of the eigenvalues about ${plan.errorEstimate.toExponential(0)})`) +
      `, ${formatSeconds(summary.seconds.total)}`,
  ];
}

function withShortName<Condition extends { readonly name: string }>(
  condition: Condition,
): Condition {
  return { ...condition, name: printable(condition.name, 100) };
}

function carries(
  carried: string,
  silenced: string,
  eigenvalue: number,
  carriedVariance: number,
  silencedVariance: number,
): string {
  return (
    `  Component 1 carries ${carried}: eigenvalue ${eigenvalue.toFixed(3)}, variance ` +
    `${formatNumber(carriedVariance)} against ${formatNumber(silencedVariance)} in ${silenced} ` +
    `(${formatNumber(carriedVariance / silencedVariance)} x in sample)`
  );
}
