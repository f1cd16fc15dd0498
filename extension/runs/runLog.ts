import { describeSource } from "../../src/conditions/naming/describeSource.ts";
import type { Keep } from "../../src/ged/method/keep.ts";
import type { RunRequest } from "../../src/protocol/engine.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";
import { formatBytes, formatRatio, formatShort } from "../../src/protocol/words/numbers.ts";
import { summaryTitle } from "./runEntry.ts";
import { entryAt } from "../../src/lookup.ts";

/** What is about to be computed, one line for the log. */
export function describeStart({ target, reference, options }: RunRequest): string {
  return `Run: target ${describeSource(target)}, reference ${describeSource(reference)}; ${describeKeep(options.keep)}, shrinkage ${options.shrinkage}, engine ${options.engine}, precision ${options.precision}.`;
}

function describeKeep(keep: Keep): string {
  if ("count" in keep) return `exactly ${keep.count} components`;
  const limit = keep.atMost === undefined ? "" : `, at most ${keep.atMost} components`;
  return `variance ${keep.share}${limit}`;
}

/** A finished run's plan, outcome and timings, one line for the log. */
export function describeRun({ summary }: RunDocument): string {
  const { plan, compression, shrinkage, directions, seconds } = summary;
  const { eigenvalues, carriedVariance, silencedVariance } = directions.forward;
  const ratio = entryAt(carriedVariance, 0) / entryAt(silencedVariance, 0);
  const seconds3 = (value: number) => `${formatShort(value)} s`;
  return [
    `${summaryTitle(summary)}: ${summary.target.rows} + ${summary.reference.rows} rows of ${summary.target.columns} neurons`,
    `plan: ${plan.route} route, ${plan.engine} engine, ${plan.precision} precision, ${plan.threads} threads, ${formatBytes(plan.bytes)} (${plan.reason})`,
    ...(shrinkage.estimator === undefined
      ? []
      : [
          `shrinkage by ${shrinkage.estimator}: ${shrinkage.gamma.forward}, swapped ${shrinkage.gamma.swapped}`,
        ]),
    `${compression.components} components keep ${(100 * compression.varianceKept).toFixed(2)} %; top eigenvalue ${formatShort(entryAt(eigenvalues, 0), 6)}, ${formatRatio(ratio)} in sample`,
    `read ${seconds3(seconds.read)}, compress ${seconds3(seconds.compress)}, separate ${seconds3(seconds.separate)}, total ${seconds3(seconds.total)}.`,
  ].join("; ");
}
