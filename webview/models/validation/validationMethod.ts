import { formatCount } from "../../../src/protocol/words/numbers.ts";
import type { RunSummary, ValidationReport } from "../../../src/protocol/results.ts";
import { text } from "../../text.ts";
import { originsText } from "../facts.ts";

/** How the rows were split, which stayed together and how labels were permuted, one sentence each. */
export function methodSentences(
  report: ValidationReport,
  { target, reference }: Pick<RunSummary, "target" | "reference">,
): string[] {
  const { scheme, clusters, permutations } = report;
  const split =
    scheme.kind === "crossValidation"
      ? text("validation.method.crossValidation", {
          repeats: scheme.repeats,
          folds: scheme.folds,
          seed: scheme.seed,
          grouping:
            scheme.grouping === "none" && clusters.origins.length > 0
              ? text("validation.grouping.clusters")
              : text(`validation.grouping.${scheme.grouping}`),
        })
      : text("validation.method.trainTest", {
          trainStart: scheme.trainRows.start,
          trainStop: scheme.trainRows.stop - 1,
          testStart: scheme.testRows.start,
          testStop: scheme.testRows.stop - 1,
        });
  const sentences = [split];
  if (clusters.origins.length > 0) {
    sentences.push(
      text("validation.method.clusters", {
        rows: formatCount(target.rows + reference.rows),
        count: formatCount(clusters.count),
        origins: originsText(clusters.origins),
      }),
    );
  }
  if (permutations !== undefined) {
    const { count, requested, exchange, labellings, sequential } = permutations;
    sentences.push(
      text("validation.method.permutations", {
        count: formatCount(count),
        requested: formatCount(requested),
        among: text(`validation.permuted.${exchange}`),
        labellings:
          labellings === null ? text("validation.method.manyLabellings") : formatCount(labellings),
        repeats: repeatsText(report),
      }),
    );
    if (sequential !== undefined) {
      const reaching = formatCount(sequential.reaching);
      sentences.push(text("validation.method.sequential", { reaching }));
    }
  }
  return sentences;
}

function repeatsText({ scheme, permutations }: ValidationReport): string {
  if (scheme.kind === "trainTest") return text("validation.method.oneSplit");
  const count = permutations?.repeats ?? scheme.repeats;
  return count === 1
    ? text("validation.method.oneRepeat")
    : text("validation.method.repeats", { count: formatCount(count) });
}

/** What the rows show of pairs that are not named, or named in another order: what each choice would do. */
export function foundPairs(
  report: ValidationReport | null,
  { target, reference }: Pick<RunSummary, "target" | "reference">,
): string | undefined {
  const names = { target: target.name, reference: reference.name };
  const found = report?.warnings.find(
    ({ code }) => code === "misalignedPairs" || code === "unnamedPairs",
  );
  if (found === undefined) return undefined;
  return found.code === "misalignedPairs"
    ? text("validation.found.misalignedPairs", names)
    : text("validation.found.unnamedPairs", names);
}
