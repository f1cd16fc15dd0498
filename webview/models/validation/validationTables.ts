import type { DirectionReport, Interval } from "../../../src/protocol/results.ts";
import {
  formatProbability,
  formatProse,
  formatRatio,
} from "../../../src/protocol/words/numbers.ts";
import { text } from "../../text.ts";

/** A table as the panel draws it: the names of the columns, and formatted cells. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The first components of one direction, with p corrected for having looked at all of them. */
export function componentTable(report: DirectionReport): TextTable {
  return {
    columns: [
      text("validation.column.component"),
      text("validation.column.heldOut"),
      text("validation.column.interval"),
      text("validation.column.correctedP"),
      text("validation.column.inSample"),
      text("validation.column.auc"),
      text("validation.column.magnitudeAuc"),
    ],
    rows: report.components.map((scored, index) => {
      const none = text("validation.none");
      const { inSample, heldOut, correctedP, heldOutRatioInterval } = scored;
      return [
        String(index + 1),
        heldOut ? formatRatio(heldOut.ratio) : none,
        formatInterval(heldOutRatioInterval, formatRatio),
        correctedP === undefined || !heldOut ? none : formatProbability(correctedP.heldOut),
        formatRatio(inSample.ratio),
        heldOut?.auc === undefined ? none : formatProse(heldOut.auc),
        heldOut?.magnitudeAuc === undefined ? none : formatProse(heldOut.magnitudeAuc),
      ];
    }),
  };
}

/** Which of the two separates held-out rows: the variance, which GED looks for, or the mean. */
export function whatSeparates(report: DirectionReport): string | undefined {
  const { auc, magnitudeAuc } = report.heldOut ?? {};
  if (auc === undefined || magnitudeAuc === undefined) return undefined;
  const areas = { auc: formatProse(auc), magnitudeAuc: formatProse(magnitudeAuc) };
  if (Math.max(auc, magnitudeAuc) < 0.6) {
    return text("validation.separates.neither", areas);
  }
  return magnitudeAuc >= auc
    ? text("validation.separates.variance", areas)
    : text("validation.separates.mean", areas);
}

/** The place of the value nearest to `wanted`: the current choice seldom stands exactly on the grid. */
export function nearestPlace(values: readonly number[], wanted: number): number {
  let nearest = 0;
  values.forEach((value, i) => {
    if (Math.abs(value - wanted) < Math.abs((values[nearest] ?? Infinity) - wanted)) nearest = i;
  });
  return nearest;
}

/**
 * How strongly a cell of the heat map is shaded, 0..1, by the logarithm of its ratio between the
 * smallest and the largest of the grid; 0 if it is not a number.
 */
export function heatOf(ratio: number, all: readonly number[]): number {
  const usable = all.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log);
  const low = usable.reduce((a, b) => Math.min(a, b), Infinity);
  const high = usable.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(ratio > 0) || !Number.isFinite(ratio) || !(high > low)) return 0;
  return (Math.log(ratio) - low) / (high - low);
}

export function formatInterval(
  interval: Interval | undefined,
  format: (value: number) => string,
): string {
  if (interval === undefined) return text("validation.none");
  return text("validation.interval", { low: format(interval.low), high: format(interval.high) });
}
