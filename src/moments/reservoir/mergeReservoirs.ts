import { EigenlensError } from "../../errors.ts";
import { entryAt } from "../../lookup.ts";
import { printable } from "../../text/printable.ts";
import { LeastPriorities, rowPriority } from "./chooseRows.ts";
import type { KeptRows, ReservoirDesign } from "./keptRows.ts";

/** One row of one part, as it is carried along. */
interface Candidate {
  readonly part: string;
  readonly index: number;
  readonly fold: number | undefined;
  readonly text: string;
  readonly values: Float64Array;
}

/**
 * The sample of all parts together: of what each keeps, the m of the least priorities, which is what one process would
 * have kept.
 * @param parts each with where it comes from, for the message
 * @param columns D
 * @returns in the order of parts and rows
 * @throws EigenlensError "condition" if two parts keep the same row, so that it was summed twice or parts are not told apart
 */
export function mergeReservoirs(
  parts: readonly { readonly path: string; readonly kept: KeptRows }[],
  condition: string,
  { seed, size }: ReservoirDesign,
  columns: number,
): KeptRows {
  const seen = new Map<string, string>();
  const least = new LeastPriorities<Candidate>(size);
  for (const { path, kept } of parts) {
    for (const candidate of candidatesOf(kept, columns)) {
      const { part, index } = candidate;
      const key = `${index}:${part}`;
      const other = seen.get(key);
      if (other !== undefined) throw sameRow(other, path, condition, candidate);
      seen.set(key, path);
      least.add(rowPriority(seed, condition, part, index), candidate);
    }
  }
  const rows = least.values.sort((a, b) => compareTexts(a.part, b.part) || a.index - b.index);
  const values = new Float64Array(rows.length * columns);
  rows.forEach((row, place) => values.set(row.values, place * columns));
  const folds = rows.flatMap(({ fold }) => (fold === undefined ? [] : [fold]));
  return {
    values,
    index: rows.map(({ index }) => index),
    ...(folds.length === rows.length ? { folds } : {}),
    ...(rows.some(({ text }) => text !== "") ? { texts: rows.map(({ text }) => text) } : {}),
    ...(rows.some(({ part }) => part !== "") ? { parts: rows.map(({ part }) => part) } : {}),
  };
}

function candidatesOf(kept: KeptRows, columns: number): Candidate[] {
  return kept.index.map((index, place) => ({
    part: kept.parts === undefined ? "" : entryAt(kept.parts, place),
    index,
    fold: kept.folds?.[place],
    text: kept.texts === undefined ? "" : entryAt(kept.texts, place),
    values: kept.values.subarray(place * columns, (place + 1) * columns),
  }));
}

/** By code points, as Python orders texts. */
function compareTexts(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));
}

function sameRow(
  first: string,
  second: string,
  condition: string,
  { part, index }: Candidate,
): EigenlensError {
  const named = part === "" ? "" : ` of part ${printable(part, 60)}`;
  return new EigenlensError(
    "condition",
    `${first} and ${second} both keep row ${index} of ${printable(condition)}${named}: give each part of a job array a name of its own with --part, and add each up once.`,
  );
}
