import { EigenlensError } from "../../errors.ts";

/**
 * Every `step`-th row from `start` to `stop` (exclusive), counted after label and sentences were selected;
 * negative ends count from the last row.
 */
export interface RowRange {
  readonly start: number;
  /** {@link openEnd} where it was left open. */
  readonly stop: number;
  /** At least 1, which it is where omitted. */
  readonly step?: number;
}

/** An end that was left open; a number, so that it survives JSON. */
export const openEnd = Number.MAX_SAFE_INTEGER;

/**
 * Reads `START:STOP` or `START:STOP:STEP` as numpy does: each may be omitted, negative ends count from the last
 * row. Only whole steps forward are taken.
 * @throws EigenlensError "usage" if it is no range, or certainly an empty one
 */
export function parseRowRange(text: string): RowRange {
  const match = /^\s*(-?\d+)?\s*:\s*(-?\d+)?\s*(?::\s*(\d+)?\s*)?$/.exec(text);
  const [, first, last, every] = match ?? [];
  // Adding 0 makes 0 of "-0".
  const start = Number(first ?? 0) + 0;
  const stop = last === undefined ? openEnd : Number(last) + 0;
  const step = Number(every ?? 1);
  const isCertainlyEmpty = start < 0 === stop < 0 && start >= stop;
  if (match === null || ![start, stop, step].every(Number.isSafeInteger) || step < 1) {
    throw unreadable(text);
  }
  if (isCertainlyEmpty) throw unreadable(text);
  return { start, stop, ...(step === 1 ? {} : { step }) };
}

function unreadable(text: string): EigenlensError {
  return new EigenlensError(
    "usage",
    `[rows=${text}] cannot be read: write [rows=START:STOP] or [rows=START:STOP:STEP], counted from 0, STOP not included, STEP at least 1; negative ends count from the last row.`,
  );
}

/** What {@link parseRowRange} reads back; an end that was left open stays open. */
export function describeRowRange({ start, stop, step }: RowRange): string {
  const ends = `${start}:${stop === openEnd ? "" : stop}`;
  return step === undefined ? ends : `${ends}:${step}`;
}

/**
 * The same rows with ends that count from the first row.
 * @param count rows there are
 * @param where for the message
 * @throws EigenlensError "condition" if an end lies outside, or no row is left
 */
export function fromFirstRow(range: RowRange, count: number, where: string): RowRange {
  const { start, stop, step } = range;
  const from = start < 0 ? start + count : start;
  const to = stop === openEnd || stop >= 0 ? stop : stop + count;
  if (from < 0 || from >= count || from >= to || (to > count && to !== openEnd)) {
    throw new EigenlensError(
      "condition",
      `${where}: rows ${describeRowRange(range)} were asked for, but ${count} are there: choose a range within 0:${count}.`,
    );
  }
  return { start: from, stop: to, ...(step === undefined ? {} : { step }) };
}

/** The entries of `rows` that a range takes; its ends count from the first. */
export function takeRows(
  rows: Uint32Array<ArrayBuffer>,
  { start, stop, step = 1 }: RowRange,
): Uint32Array<ArrayBuffer> {
  const within = rows.slice(start, Math.min(stop, rows.length));
  return step === 1 ? within : within.filter((_, position) => position % step === 0);
}

/** Whether two ranges over the same rows may share one; both count from the first row. */
export function mayOverlap(a: RowRange, b: RowRange): boolean {
  const [wide, narrow] = (a.step ?? 1) >= (b.step ?? 1) ? [a, b] : [b, a];
  const wideStep = wide.step ?? 1;
  const narrowStep = narrow.step ?? 1;
  const first = Math.max(wide.start, narrow.start);
  const stop = Math.min(wide.stop, narrow.stop);
  let row = wide.start + Math.ceil((first - wide.start) / wideStep) * wideStep;
  // What is left over of the narrow step comes round again after as many wide steps.
  for (let tried = 0; tried < narrowStep && row < stop; tried += 1, row += wideStep) {
    if ((row - narrow.start) % narrowStep === 0) return true;
  }
  return false;
}
