import type { TransferResult } from "../../protocol/transfer.ts";
import { formatNumber, formatProbability } from "../format.ts";

/** A direction on other rows in a few lines, what speaks against it first. @param component from 1 */
export function describeTransfer(report: TransferResult, component: number): string[] {
  const { score, ratioInterval, permutation, warnings } = report;
  const interval = `95 %: ${formatNumber(ratioInterval.low)} to ${formatNumber(ratioInterval.high)}`;
  const tested = permutation === undefined ? "" : `; p = ${formatProbability(permutation.p)}`;
  const rows = warnings.length === 0 ? "on rows that it has not seen" : "on these rows";
  return [
    ...warnings.map((warning) => `Warning: ${warning}`),
    `Component ${component} ${rows}: ${formatNumber(score.ratio)} x ` +
      `(${interval}${tested}), variance ${formatNumber(score.carriedVariance)} against ` +
      `${formatNumber(score.silencedVariance)}, AUC ${score.auc.toFixed(3)}`,
  ];
}
