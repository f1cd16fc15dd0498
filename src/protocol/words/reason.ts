import { traceRatioOf, type DirectionName } from "../direction.ts";
import { heldOutProbability, scoredComponent } from "../findings/directionReport.ts";
import type { DirectionReport, ValidationReport, ValidationWarning } from "../results.ts";
import type { Say } from "../strings.ts";
import type { NumberFormats, Subject } from "../subject.ts";

/** Why the verdict is not *holds*, in one line; of later components, what speaks against them. */
export function reasonOf(
  subject: Subject,
  validation: ValidationReport,
  direction: DirectionName,
  say: Say,
  formats: NumberFormats,
): string | undefined {
  const { index, carried, silent, rows } = subject;
  const report = validation.directions[direction];
  if (index === 0 && report.verdict === "cannot-tell")
    return ignorance(validation, report, rows, say);
  const scored = scoredComponent(report, index);
  if (!scored?.heldOut) return undefined;
  if (!(scored.heldOut.ratio > 1)) return say("reason.below", { carried, silent, rows });
  if (index === 0 && report.verdict === "does-not-hold") {
    const scale = traceRatioOf(validation, direction);
    return say("reason.scaleOnly", { carried, silent, ratio: formats.ratio(scale) });
  }
  const interval = scored.heldOutRatioInterval;
  const p = heldOutProbability(report, index);
  const reasons = [
    ...(interval !== undefined && interval.low <= 1 && interval.high >= 1
      ? [
          say("reason.interval", {
            rows,
            low: formats.bare(interval.low),
            high: formats.bare(interval.high),
          }),
        ]
      : []),
    ...(p !== undefined && p > 0.05 ? [say("reason.p", { p: formats.probability(p) })] : []),
  ];
  return reasons.length === 0 ? undefined : reasons.join(" ");
}

/** The fewest labellings of which one can be significant at 0.05. */
const fewestLabellings = 20;

/** What keeps the validation from telling: the first of the reasons in the order of the verdict's rule. */
function ignorance(
  validation: ValidationReport,
  report: DirectionReport,
  rows: string,
  say: Say,
): string | undefined {
  const { heldOut } = report;
  if (heldOut === null || Number.isNaN(heldOut.ratio)) return say("reason.notHeldOut", { rows });
  if (!report.permutation?.heldOut) return say("reason.noP");
  const { clusters, permutations, warnings } = validation;
  const labellings = permutations?.labellings ?? Infinity;
  if (labellings < fewestLabellings) return say("reason.fewLabellings", { count: labellings });
  const found = (code: ValidationWarning["code"]) => warnings.some((each) => each.code === code);
  const ignored = [
    ...(found("repeatedRows") && !clusters.origins.includes("repeats")
      ? [say("reason.repeats")]
      : []),
    ...(found("sharedTemplates") && !clusters.origins.includes("templates")
      ? [say("reason.templates")]
      : []),
  ];
  // The report does not say of pairs whether they were put right, but the verdict does if nothing else explains it.
  if (ignored.length > 0) return ignored.join(" ");
  return found("misalignedPairs") ? say("reason.pairs") : undefined;
}
