import {
  directionNames,
  otherDirection,
  traceRatioOf,
  type DirectionName,
} from "../../../src/protocol/direction.ts";
import { heldOutProbability } from "../../../src/protocol/findings/directionReport.ts";
import {
  formatProbability,
  formatProse,
  formatRatio,
  formatShare,
} from "../../../src/protocol/words/numbers.ts";
import type {
  DirectionReport,
  ScoredComponent,
  ValidationReport,
} from "../../../src/protocol/results.ts";
import type { StringKey } from "../../../src/protocol/strings.ts";
import type { RunView } from "../../../src/protocol/views/runView.ts";
import { text } from "../../text.ts";
import { rolesOf } from "../roles.ts";
import { formatInterval, type TextTable } from "./validationTables.ts";

type RowName = Extract<StringKey, `validation.row.${string}`>;

/** One column of the table: what is known of a direction, by the names of the rows. */
type Column = Readonly<Partial<Record<RowName, string | undefined>>>;

const rowNames = [
  "validation.row.verdict",
  "validation.row.heldOut",
  "validation.row.interval",
  "validation.row.p",
  "validation.row.maxP",
  "validation.row.null",
  "validation.row.inSample",
  "validation.row.nullInSample",
  "validation.row.silence",
  "validation.row.traceRatio",
  "validation.row.relativeRatio",
  "validation.row.randomDirections",
  "validation.row.auc",
  "validation.row.magnitudeAuc",
] as const satisfies readonly RowName[];

/**
 * Component 1 of both directions, and the simpler directions, a column each: a table of few columns fits a narrow
 * panel. A row that says nothing of any direction is left out.
 */
export function scoreTable(view: RunView, report: ValidationReport): TextTable {
  const names = directionNames.map((direction) =>
    text("validation.column.direction", { ...rolesOf(view.summary, direction) }),
  );
  const { baselines } = report;
  const columns: Column[] = [
    ...directionNames.map((direction) => directionColumn(report, direction)),
    ...(baselines ? [scores(baselines.meanDifference), scores(baselines.linearDiscriminant)] : []),
  ];
  const none = text("validation.none");
  return {
    columns: [
      text("validation.column.what"),
      ...names,
      ...(baselines
        ? [
            text("validation.baseline.meanDifference"),
            text("validation.baseline.linearDiscriminant"),
          ]
        : []),
    ],
    rows: rowNames
      .filter((name) => columns.some((column) => column[name] !== undefined))
      .map((name) => [text(name), ...columns.map((column) => column[name] ?? none)]),
  };
}

function directionColumn(report: ValidationReport, direction: DirectionName): Column {
  const own = report.directions[direction];
  const p = heldOutProbability(own, 0);
  const { permutation, relativeRatio, relativeRatioInterval, randomDirections, silence } = own;
  const heldOutNull = permutation?.heldOut?.median;
  const traceRatio = traceRatioOf(report, direction);
  return {
    ...scores(own),
    "validation.row.verdict": text(`verdict.${own.verdict}`),
    "validation.row.p": p === undefined ? undefined : formatProbability(p),
    "validation.row.maxP": largestOfAll(report, direction),
    "validation.row.null": heldOutNull === undefined ? undefined : formatRatio(heldOutNull),
    "validation.row.nullInSample": permutation && formatRatio(permutation.inSample.median),
    "validation.row.silence": silence === undefined ? undefined : formatPercent(silence),
    "validation.row.traceRatio": formatRatio(traceRatio),
    "validation.row.relativeRatio":
      relativeRatio === undefined ? undefined : withRange(relativeRatio, relativeRatioInterval),
    "validation.row.randomDirections": withRange(randomDirections.median, randomDirections),
  };
}

/** What is measured of a simpler direction, too. */
function scores({ inSample, heldOut, heldOutRatioInterval }: ScoredComponent): Column {
  return {
    "validation.row.heldOut": heldOut ? formatRatio(heldOut.ratio) : undefined,
    "validation.row.interval":
      heldOutRatioInterval && formatInterval(heldOutRatioInterval, formatRatio),
    "validation.row.inSample": formatRatio(inSample.ratio),
    "validation.row.auc": formatKnown(heldOut?.auc),
    "validation.row.magnitudeAuc": formatKnown(heldOut?.magnitudeAuc),
  };
}

/** The p of the largest held-out ratio of both directions, in the column of the direction that has it. */
function largestOfAll(report: ValidationReport, direction: DirectionName): string | undefined {
  const { maxP } = report;
  if (maxP === undefined) return undefined;
  const own = largest(report.directions[direction]);
  const other = largest(report.directions[otherDirection(direction)]);
  if (!(own.ratio > other.ratio || (own.ratio === other.ratio && direction === "forward"))) {
    return undefined;
  }
  return text("validation.row.maxP.value", {
    p: formatProbability(maxP),
    ratio: formatRatio(own.ratio),
    component: own.index + 1,
  });
}

function largest({ components }: DirectionReport): { ratio: number; index: number } {
  let found = { ratio: -Infinity, index: 0 };
  components.forEach(({ heldOut }, index) => {
    if (heldOut && heldOut.ratio > found.ratio) found = { ratio: heldOut.ratio, index };
  });
  return found;
}

function withRange(value: number, range?: { readonly low: number; readonly high: number }): string {
  if (range === undefined) return formatRatio(value);
  return text("validation.valueWithRange", {
    value: formatRatio(value),
    low: formatProse(range.low),
    high: formatProse(range.high),
  });
}

/** A share of silence: whole percents from 10 on are exact enough, and small ones keep a digit. */
function formatPercent(share: number): string {
  return formatShare(Number(share.toPrecision(share >= 0.1 ? 2 : 1)));
}

function formatKnown(value: number | undefined): string | undefined {
  return value === undefined ? undefined : formatProse(value);
}
