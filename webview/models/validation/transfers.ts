import type {
  RolesVariance,
  RunTransfer,
  TransferredComponent,
  ValidationReport,
} from "../../../src/protocol/results.ts";
import { directionNames, type DirectionName } from "../../../src/protocol/direction.ts";
import type { RunView } from "../../../src/protocol/views/runView.ts";
import { engineText, text } from "../../text.ts";
import { scoredComponent } from "../../../src/protocol/findings/directionReport.ts";
import {
  formatCount,
  formatMoment,
  formatProbability,
  formatProse,
  formatRatio,
} from "../../../src/protocol/words/numbers.ts";
import { rolesOf, type Roles } from "../roles.ts";
import { formatInterval, type TextTable } from "./validationTables.ts";

/** One component of one direction on the run's rows and on the new ones, for chart and tables. */
export interface TransferRow {
  readonly direction: DirectionName;
  /** "him over her, 1": what is divided by what, and the component's number. */
  readonly name: string;
  /** Ratios of variances, carried over silenced; infinite if the silenced condition has none. */
  readonly inSample: number;
  /** Of the run's own validation; undefined if there is none. */
  readonly heldOut: number | undefined;
  readonly transferred: number;
  readonly interval: { readonly low: number; readonly high: number } | undefined;
}

/** "new.npz#him vs new.npz#her". */
export function transferTitle({ target, reference }: RunTransfer): string {
  return text("transfer.title", { target: target.label, reference: reference.label });
}

/** How many rows, by how many permutations, and when. */
export function transferFacts({ target, reference, created, permutations }: RunTransfer): string {
  const facts = [
    text("transfer.rows", {
      target: formatCount(target.rows),
      reference: formatCount(reference.rows),
    }),
    ...(permutations > 0
      ? [text("transfer.permutations", { count: formatCount(permutations) })]
      : []),
    formatMoment(created),
  ];
  return facts.join(" · ");
}

/** What the first component of each direction does on the new rows, beside what it did in the run. */
export function transferSentences(
  view: RunView,
  transfer: RunTransfer,
  validation: ValidationReport | null,
): string[] {
  return directionNames.flatMap((direction) => {
    const [first] = transfer[direction];
    if (!first) return [];
    const row = transferRow(view, direction, first, validation);
    const roles = rolesOf(view.summary, direction);
    const numbers = {
      ...roles,
      ratio: formatRatio(row.transferred),
      evidence: evidenceOf(first, row),
      inRun: inRun(row),
    };
    return [text("transfer.finding", numbers)];
  });
}

/** What speaks against believing a transfer: rows that were fitted, intervals with 1 in them, a large p. */
export function transferWarnings(view: RunView, transfer: RunTransfer): string[] {
  const doubts = directionNames.flatMap((direction) => {
    const [first] = transfer[direction];
    if (!first) return [];
    const row = transferRow(view, direction, first, null);
    return doubtOf(first, row, rolesOf(view.summary, direction)) ?? [];
  });
  return [...transfer.warnings.map(engineText), ...doubts];
}

/** The components of both directions, one below another. */
export function transferRows(
  view: RunView,
  transfer: RunTransfer,
  validation: ValidationReport | null,
): TransferRow[] {
  return directionNames.flatMap((direction) =>
    transfer[direction].map((component) => transferRow(view, direction, component, validation)),
  );
}

/** The same with the areas and p, as the panel shows it. */
export function transferTable(
  view: RunView,
  transfer: RunTransfer,
  validation: ValidationReport | null,
): TextTable {
  const none = text("validation.none");
  return {
    columns: [
      text("transfer.column.component"),
      text("transfer.column.inSample"),
      text("transfer.column.heldOut"),
      text("transfer.column.transferred"),
      text("validation.column.interval"),
      text("transfer.column.p"),
      text("transfer.column.auc"),
      text("transfer.column.magnitudeAuc"),
    ],
    rows: directionNames.flatMap((direction) =>
      transfer[direction].map((component) => {
        const row = transferRow(view, direction, component, validation);
        const { p, transferred } = component;
        return [
          row.name,
          formatRatio(row.inSample),
          row.heldOut === undefined ? none : formatRatio(row.heldOut),
          formatRatio(row.transferred),
          intervalCell(row),
          p === undefined ? none : formatProbability(p),
          formatProse(transferred.auc),
          formatProse(transferred.magnitudeAuc),
        ];
      }),
    ),
  };
}

/** Whether the interval has 1 in it, so that the direction may separate nothing. */
export function includesOne({ interval }: TransferRow): boolean {
  return interval !== undefined && interval.low <= 1 && interval.high >= 1;
}

function transferRow(
  view: RunView,
  direction: DirectionName,
  component: TransferredComponent,
  validation: ValidationReport | null,
): TransferRow {
  const { index, inSample, transferred, ratioInterval } = component;
  const scored =
    validation === null ? undefined : scoredComponent(validation.directions[direction], index);
  return {
    direction,
    name: text("transfer.row", { ...rolesOf(view.summary, direction), component: index + 1 }),
    inSample: ratioOf(inSample),
    heldOut: scored?.heldOut?.ratio,
    transferred: ratioOf(transferred),
    interval: ratioInterval,
  };
}

function ratioOf({ carriedVariance, silencedVariance }: RolesVariance): number {
  return carriedVariance / silencedVariance;
}

function doubtOf({ p }: TransferredComponent, row: TransferRow, roles: Roles): string | undefined {
  const ratio = formatRatio(row.transferred);
  if (row.transferred <= 1) return text("transfer.doubt.below", { ...roles, ratio });
  if (row.interval === undefined) return text("transfer.doubt.noInterval", { ...roles });
  if (includesOne(row)) {
    return text("transfer.doubt.includesOne", {
      ...roles,
      low: formatRatio(row.interval.low),
      high: formatRatio(row.interval.high),
    });
  }
  if (p !== undefined && p > 0.05) {
    return text("transfer.doubt.chance", { ...roles, ratio, p: formatProbability(p) });
  }
  return undefined;
}

function evidenceOf({ p }: TransferredComponent, { interval }: TransferRow): string {
  const parts = [
    ...(interval === undefined
      ? []
      : [text("transfer.interval", { interval: formatInterval(interval, formatRatio) })]),
    ...(p === undefined ? [] : [text("transfer.p", { p: formatProbability(p) })]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function inRun({ inSample, heldOut }: TransferRow): string {
  const ratio = formatRatio(inSample);
  return heldOut === undefined
    ? text("transfer.inRun", { inSample: ratio })
    : text("transfer.inRunHeldOut", { inSample: ratio, heldOut: formatRatio(heldOut) });
}

function intervalCell(row: TransferRow): string {
  const interval = formatInterval(row.interval, formatRatio);
  return includesOne(row) ? text("transfer.intervalWithOne", { interval }) : interval;
}
