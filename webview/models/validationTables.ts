import type {
  DirectionReport,
  Interval,
  ScoredComponent,
  ValidationReport,
} from "../../src/protocol/results.ts";
import type { RunView } from "../../src/protocol/runView.ts";
import { text } from "../text.ts";
import { directionReport, heldOutProbability } from "./headline.ts";
import {
  formatCount,
  formatProbability,
  formatProse,
  formatRatio,
} from "../../src/protocol/numbers.ts";
import { rolesOf } from "./roles.ts";

/** A table as the panel draws it: the names of the columns, and formatted cells. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** In sample beside held out beside the null: both directions, then the simpler directions. */
export function summaryTable(view: RunView, report: ValidationReport): TextTable {
  const directions = (["forward", "swapped"] as const).map((direction) => {
    const { carried, silent } = rolesOf(view.summary, direction);
    const each = directionReport(report, direction);
    const median = each.permutation?.heldOut?.median;
    return scoreRow(
      text("directions.title", { carried, silent }),
      each,
      median === undefined ? undefined : formatRatio(median),
      heldOutProbability(each, each, 0),
    );
  });
  const { baselines } = report;
  return {
    columns: [
      text("validation.column.what"),
      text("validation.column.inSample"),
      text("validation.column.heldOut"),
      text("validation.column.interval"),
      text("validation.column.null"),
      text("validation.column.p"),
      text("validation.column.auc"),
      text("validation.column.magnitudeAuc"),
    ],
    rows: [
      ...directions,
      ...(baselines
        ? [
            scoreRow(text("validation.baseline.meanDifference"), baselines.meanDifference),
            scoreRow(text("validation.baseline.linearDiscriminant"), baselines.linearDiscriminant),
          ]
        : []),
    ],
  };
}

/** The first components of one direction, with p corrected for having looked at all of them. */
export function componentTable(report: DirectionReport): TextTable {
  return {
    columns: [
      text("validation.column.component"),
      text("validation.column.inSample"),
      text("validation.column.heldOut"),
      text("validation.column.interval"),
      text("validation.column.p"),
      text("validation.column.auc"),
      text("validation.column.magnitudeAuc"),
    ],
    rows: report.components.map((scored, index) => {
      const [name = "", inSample = "", heldOut = "", interval = "", , p = "", ...areas] = scoreRow(
        String(index + 1),
        scored,
        undefined,
        heldOutProbability(report, scored, index),
      );
      return [name, inSample, heldOut, interval, p, ...areas];
    }),
  };
}

/** Which of the two separates held-out rows: the variance, which GED looks for, or the mean. */
export function whatSeparates(report: DirectionReport): string | undefined {
  const { heldOut } = report;
  if (heldOut === null) return undefined;
  const areas = { auc: formatProse(heldOut.auc), magnitudeAuc: formatProse(heldOut.magnitudeAuc) };
  if (Math.max(heldOut.auc, heldOut.magnitudeAuc) < 0.6) {
    return text("validation.separates.neither", areas);
  }
  return heldOut.magnitudeAuc >= heldOut.auc
    ? text("validation.separates.variance", areas)
    : text("validation.separates.mean", areas);
}

/** How the rows were split and the labels exchanged, one sentence each. */
export function methodSentences(report: ValidationReport): string[] {
  const { scheme, permutations } = report;
  const split =
    scheme.kind === "crossValidation"
      ? text("validation.method.crossValidation", {
          repeats: scheme.repeats,
          folds: scheme.folds,
          seed: scheme.seed,
          grouping: text(`validation.grouping.${scheme.grouping}`),
        })
      : text("validation.method.trainTest", {
          trainStart: scheme.trainRows.start,
          trainStop: scheme.trainRows.stop - 1,
          testStart: scheme.testRows.start,
          testStop: scheme.testRows.stop - 1,
        });
  if (permutations === undefined) return [split];
  return [
    split,
    text("validation.method.permutations", {
      count: formatCount(permutations.count),
      requested: formatCount(permutations.requested),
      exchange: text(`validation.exchange.${permutations.exchange}`),
    }),
  ];
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
 * smallest and the largest of the grid; 0 where it is not a number.
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

function scoreRow(
  name: string,
  scored: ScoredComponent,
  median?: string,
  p?: number,
): readonly string[] {
  const none = text("validation.none");
  const { inSample, heldOut } = scored;
  return [
    name,
    formatRatio(inSample.ratio),
    heldOut ? formatRatio(heldOut.ratio) : none,
    formatInterval(scored.heldOutRatioInterval, formatRatio),
    median ?? none,
    p === undefined ? none : formatProbability(p),
    heldOut ? formatProse(heldOut.auc) : none,
    heldOut ? formatProse(heldOut.magnitudeAuc) : none,
  ];
}
