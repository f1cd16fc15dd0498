import {
  directionNames,
  rolesOfDirection,
  type DirectionName,
} from "../../ged/method/directions.ts";
import { traceRatioOf } from "../../ged/validation/scale/traceRatio.ts";
import type { ValidationReport } from "../../ged/validation/report.ts";
import {
  formatCount,
  formatNumber,
  formatProbability,
  formatSeconds,
  formatShare,
  times,
} from "../format.ts";

/** What survives, in a few plain lines; the names are those of the two conditions. */
export function describeValidation(
  report: ValidationReport,
  names: { readonly target: string; readonly reference: string },
): string[] {
  return [
    `  Validation (${howTested(report)}, ${formatSeconds(report.seconds)}):`,
    ...directionNames.flatMap((direction) => {
      const { carried, silenced } = rolesOfDirection[direction];
      return describeDirection(`${names[carried]} over ${names[silenced]}`, report, direction);
    }),
    ...largestOfAll(report),
    ...choiceOf(report),
    ...secondOf(report, names),
    ...report.warnings.map((warning) => `    Warning: ${warning.text}`),
    ...report.omitted.map((part) => `    Left out: ${part}`),
  ];
}

/** Among which rows labels were permuted. */
export const among = {
  withinPairs: "within pairs",
  withinGroups: "within groups",
  clusters: "across clusters",
  across: "across rows",
} as const;

/** How rows were held out and labels permuted, in half a line. */
export function howTested({ scheme, permutations }: ValidationReport): string {
  const parts = [
    scheme.kind === "trainTest"
      ? `rows ${scheme.trainRows.start}:${scheme.trainRows.stop} fitted, ${scheme.testRows.start}:${scheme.testRows.stop} tested`
      : `${scheme.repeats} x ${scheme.folds}-fold cross-validation, seed ${scheme.seed}`,
    ...(permutations === undefined
      ? []
      : [
          `${formatCount(permutations.count)} permutations ${among[permutations.exchange]}`,
          ...(permutations.sequential === undefined
            ? []
            : [`p sequential (decided by ${permutations.sequential.reaching} that reach it)`]),
        ]),
  ];
  return parts.join(", ");
}

/** The ratio with its own interval, null and p; then what it is relative to, and how silent the other is. */
function describeDirection(
  title: string,
  validation: ValidationReport,
  direction: DirectionName,
): string[] {
  const report = validation.directions[direction];
  const { heldOut, permutation, heldOutRatioInterval: interval } = report;
  const traces = traceRatioOf(validation, direction);
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
    ...(heldOut.auc === undefined ? [] : [`AUC ${heldOut.auc.toFixed(3)}`]),
  ];
  return [
    `    ${title}: ${times(heldOut.ratio)} held out${evidence.length === 0 ? "" : ` (${evidence.join("; ")})`}, ${inSample}`,
    `      held out: ${beside.join(", ")}`,
  ];
}

/** What was chosen in every fold, beside what the same folds give without choosing and without paying for it. */
function choiceOf({ tuning }: ValidationReport): string[] {
  if (tuning === undefined) return [];
  const { chosen, folds, given, largestRatio, seconds } = tuning;
  const choices = folds.map(
    ({ shrinkage, share, count }) => `${shrinkage} at ${formatShare(share)} in ${count}`,
  );
  return [
    `    shrinkage ${chosen.shrinkage} at ${formatShare(chosen.share)} of the variance, chosen by held-out rows; ratios and p above are those of choosing in every fold (${formatSeconds(seconds)} of processor time)`,
    `      the folds chose ${choices.join(", ")}`,
    `      held out with ${given.shrinkage} at ${formatShare(given.share)} in every fold ${times(given.heldOutRatio)}; largest of all tried ${times(largestRatio)}, which is too large: the same rows chose it`,
  ];
}

/** The second fit beside the first, and what looking at both costs. */
function secondOf(
  { secondFit }: ValidationReport,
  names: { readonly target: string; readonly reference: string },
): string[] {
  if (secondFit === undefined) return [];
  return [
    `    with shrinkage ${secondFit.shrinkage}, a second test as a check of power:`,
    ...directionNames.map((direction) => {
      const { carried, silenced } = rolesOfDirection[direction];
      const { heldOutRatio, heldOutRatioInterval: interval, p, bestP } = secondFit[direction];
      const evidence = [
        ...(interval === undefined
          ? []
          : [`95 %: ${formatNumber(interval.low)} to ${formatNumber(interval.high)}`]),
        ...(p === undefined ? [] : [`p = ${formatProbability(p)}`]),
        ...(bestP === undefined
          ? []
          : [`p of the better of the two tests = ${formatProbability(bestP)}`]),
      ];
      return `      ${names[carried]} over ${names[silenced]}: ${times(heldOutRatio)} held out${evidence.length === 0 ? "" : ` (${evidence.join("; ")})`}`;
    }),
  ];
}

/** One p for having looked at everything, beside the ratio that it is of. */
function largestOfAll({ maxP, directions }: ValidationReport): string[] {
  if (maxP === undefined) return [];
  const components = directionNames.flatMap((direction) => directions[direction].components);
  const ratios = components.flatMap(({ heldOut }) =>
    heldOut === null || Number.isNaN(heldOut.ratio) ? [] : [heldOut.ratio],
  );
  return [
    `    largest of both directions and ${directions.forward.components.length} components: ${times(Math.max(...ratios))} held out, p = ${formatProbability(maxP)}`,
  ];
}
