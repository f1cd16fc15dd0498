import {
  directionNames,
  rolesOfDirection,
  type DirectionName,
} from "../../ged/method/directions.ts";
import type { ValidationReport } from "../../ged/validation/report.ts";
import { findingText } from "../../protocol/findings/findingText.ts";
import { sayInEnglish } from "../../protocol/strings.ts";
import type { ConditionSummary, RunSummary } from "../../runs/summary.ts";
import { printable } from "../../text/printable.ts";
import { describeValidation } from "./describeValidation.ts";
import {
  formatCount,
  formatNumber,
  formatProbability,
  formatSeconds,
  formatShare,
  times,
} from "../format.ts";
import { entryAt } from "../../lookup.ts";

/**
 * A run in a few plain lines, as a person reads it in a terminal: the verdict on each direction first.
 * @param validate what asks for a validation
 */
export function describeRun(summary: RunSummary, validate = "--validate"): string[] {
  const target = withShortName(summary.target);
  const reference = withShortName(summary.reference);
  const { compression, rank, shrinkage, plan, validation } = summary;
  const shown = { ...summary, target, reference };
  return [
    ...directionNames.map((direction) => findingText(shown, direction, sentenceFormats)),
    `  ${describeRows(target, reference, validation)}, ${target.columns} neurons`,
    `  ${compression.components} components keep ${formatShare(compression.varianceKept)} of the variance ` +
      `(${formatNumber(compression.totalVariance)}); rank ${rank.target}/${rank.reference} of ` +
      `${compression.components}, ${rank.referenceShrunk} after shrinkage ${describeShrinkage(shrinkage)}`,
    ...directionNames.map((direction) => firstComponent(shown, direction)),
    ...(validation === null
      ? [`  These figures are in sample: ${validate} says what survives on held-out rows.`]
      : describeValidation(validation, { target: target.name, reference: reference.name })),
    `  ${summary.direct.explanation}`,
    ...summary.warnings.map((warning) => `  Note: ${warning}`),
    `  ${plan.route} route, ${plan.engine} engine, ${plan.precision} precision` +
      (plan.precision === "double"
        ? ""
        : ` (relative error of the eigenvalues about ${plan.errorEstimate.toExponential(0)})`) +
      `, ${formatSeconds(summary.seconds.total)}`,
  ];
}

/** How numbers stand in sentences for a terminal. */
export const sentenceFormats = {
  number: formatNumber,
  bare: formatNumber,
  ratio: times,
  probability: formatProbability,
};

/** "75 + 75 rows, 15 + 15 distinct, 30 clusters (repeats found)". */
function describeRows(
  target: ConditionSummary,
  reference: ConditionSummary,
  validation: ValidationReport | null,
): string {
  const rows = sayInEnglish("facts.rows", {
    ...{ target: formatCount(target.rows), reference: formatCount(reference.rows), rows: "rows" },
  });
  if (validation === null) return rows;
  const { distinct, clusters } = validation;
  const repeated = distinct.target < target.rows || distinct.reference < reference.rows;
  return [
    repeated
      ? sayInEnglish("facts.distinct", {
          rows,
          target: formatCount(distinct.target),
          reference: formatCount(distinct.reference),
        })
      : rows,
    ...(clusters.origins.length === 0
      ? []
      : [
          sayInEnglish("facts.clusters", {
            count: formatCount(clusters.count),
            origins: clusters.origins
              .map((origin) => sayInEnglish(`facts.clusters.${origin}`))
              .join(", "),
          }),
        ]),
  ].join(", ");
}

/** "0.01", or "0.0731 (Ledoit–Wolf; swapped 0.0682)". */
function describeShrinkage({ estimator, gamma }: RunSummary["shrinkage"]): string {
  if (estimator === undefined) return String(gamma.forward);
  const name = sayInEnglish(`facts.estimator.${estimator}`);
  return `${formatNumber(gamma.forward)} (${name}; swapped ${formatNumber(gamma.swapped)})`;
}

function withShortName<Condition extends { readonly name: string }>(
  condition: Condition,
): Condition {
  return { ...condition, name: printable(condition.name, 100) };
}

function firstComponent(summary: RunSummary, direction: DirectionName): string {
  const { carried, silenced } = rolesOfDirection[direction];
  const { eigenvalues, carriedVariance, silencedVariance } = summary.directions[direction];
  const [ofCarried, ofSilenced] = [entryAt(carriedVariance, 0), entryAt(silencedVariance, 0)];
  return (
    `  Component 1 of ${summary[carried].name} over ${summary[silenced].name}, in sample: eigenvalue ${entryAt(eigenvalues, 0).toFixed(3)}, variance ` +
    `${formatNumber(ofCarried)} against ${formatNumber(ofSilenced)} ` +
    `(${times(ofCarried / ofSilenced)})`
  );
}
