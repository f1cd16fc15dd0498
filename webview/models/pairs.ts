import {
  directionNames,
  rolesOfDirection,
  type DirectionName,
} from "../../src/protocol/direction.ts";
import type { ComparedPair } from "../../src/protocol/pairs.ts";
import { countedVerdict, strongest } from "../../src/protocol/findings/strongest.ts";
import type { SweptDirection } from "../../src/protocol/sweep.ts";
import type { PairsView } from "../../src/protocol/views/pairsView.ts";
import { formatProbability, formatRatio, formatTable } from "../../src/protocol/words/numbers.ts";
import type { Cell, TableContent } from "../components/dataTable.ts";
import { engineText, text } from "../text.ts";

/** Of how many pairs so many labels have. */
export function pairCount({ labels }: Pick<PairsView, "labels">): number {
  return (labels.length * (labels.length - 1)) / 2;
}

/** Where a cell of the matrix stands among the pairs, and which direction of the pair it shows. */
export interface PairPlace {
  readonly place: number;
  readonly direction: DirectionName;
}

/**
 * The pair of a cell: pairs lie row by row above the diagonal.
 * @param row of the target, from 0
 * @param column of the reference
 * @param count of labels
 * @returns undefined on the diagonal
 */
export function pairOfCell(row: number, column: number, count: number): PairPlace | undefined {
  if (row === column) return undefined;
  const [first, second] = row < column ? [row, column] : [column, row];
  const before = first * count - (first * (first + 1)) / 2;
  return {
    place: before + second - first - 1,
    direction: row < column ? "forward" : "swapped",
  };
}

/** What a cell of the matrix says. */
export interface PairCell {
  /** "him over her". */
  readonly direction: string;
  readonly ratio: string;
  /** The verdict that counts all pairs; empty as long as there is none. */
  readonly verdict: string;
  readonly p: string;
  /** What is said of p where it is read out: that it is not corrected. */
  readonly note: string;
  /** Whether nothing may be concluded from it yet. */
  readonly isPale: boolean;
  readonly holds: boolean;
  /** Whether there is a run to open. */
  readonly opens: boolean;
  /** The same for those who hear it; why there is nothing, if there is not. */
  readonly name: string;
}

/** The cell of the direction that carries the row's label and is silent for the column's. */
export function pairCell(view: PairsView, row: number, column: number): PairCell {
  const carried = view.labels[row] ?? "";
  const silenced = view.labels[column] ?? "";
  const direction = text("pairs.of", { carried, silenced });
  const own = pairOfCell(row, column, view.labels.length);
  const empty = {
    direction,
    ratio: "",
    verdict: "",
    p: "",
    note: "",
    isPale: true,
    holds: false,
    opens: false,
  };
  if (own === undefined) return { ...empty, name: `${carried}: ${text("pairs.same")}` };
  const named = (values: string) => text("pairs.cell", { direction, values });
  const pair = view.pairs[own.place];
  if (pair === undefined) return { ...empty, name: named(text("pairs.waiting")) };
  const { found, error } = pair;
  if (found === undefined) {
    const why = error === undefined ? "" : engineText(error);
    return {
      ...empty,
      ratio: text("pairs.failed"),
      name: named(`${text("pairs.failed")}. ${why}`),
    };
  }
  const shown = shownOf(found[own.direction]);
  const parts = [shown.ratio, shown.verdict, shown.p, shown.note].filter((part) => part !== "");
  return {
    ...shown,
    direction,
    opens: true,
    name: named([...parts, text("pairs.opens")].join("; ")),
  };
}

function shownOf(found: SweptDirection): Omit<PairCell, "direction" | "opens" | "name"> {
  const { heldOutRatio, correctedP, p } = found;
  const verdict = countedVerdict(found);
  const known = correctedP ?? p;
  return {
    ratio: heldOutRatio === null ? text("pairs.noHeldOut") : formatRatio(heldOutRatio),
    verdict: verdict === undefined ? "" : text(`verdict.${verdict}`),
    p: known === undefined ? "" : text("pairs.p", { p: formatProbability(known) }),
    note: p !== undefined && correctedP === undefined ? text("pairs.notCorrected") : "",
    isPale: verdict === undefined,
    holds: verdict === "holds",
  };
}

/**
 * What all pairs show, in a sentence or two. The strongest was chosen by looking at all of them, so that only the p that
 * counts all speaks for it.
 * @param ended whether no further pair will come
 */
export function pairsFinding(view: PairsView, ended: boolean): string {
  const count = pairCount(view);
  const done = view.pairs.length;
  const failed = view.pairs.filter(({ found }) => found === undefined).length;
  const failures = failed === 0 ? [] : [text("pairs.finding.failed", { failed, count })];
  return [strongestFinding(view, { count, done, ended }), ...failures].join(" ");
}

function strongestFinding(
  view: PairsView,
  { count, done, ended }: { count: number; done: number; ended: boolean },
): string {
  const holds = (found: SweptDirection) => countedVerdict(found) === "holds";
  const best = strongest(view.pairs, holds) ?? strongest(view.pairs);
  if (best === undefined) return text("pairs.finding.none");
  const { run, direction, found } = best;
  const strong = { ...namesOf(run, direction), ratio: formatRatio(found.heldOutRatio) };
  if (!ended || done < count) {
    const key = ended ? "pairs.finding.cancelled" : "pairs.finding.soFar";
    return text(key, { ...strong, done, count });
  }
  if (found.correctedP === undefined) return text("pairs.finding.untested", strong);
  const tests = directionNames.length * count;
  const p = formatProbability(found.correctedP);
  const shown = view.pairs.flatMap(({ found: each }) =>
    each === undefined ? [] : directionNames.filter((name) => holds(each[name])),
  ).length;
  return shown === 0
    ? text("pairs.finding.nothing", { ...strong, tests, p })
    : text("pairs.finding.holds", { ...strong, tests, p, shown });
}

function namesOf(pair: ComparedPair, direction: DirectionName) {
  const { carried, silenced } = rolesOfDirection[direction];
  return { carried: pair[carried].name ?? "", silenced: pair[silenced].name ?? "" };
}

/** Columns of {@link pairsTable} that no conclusion rests on. */
export const paleColumns: readonly number[] = [6, 7];

/** Two rows per pair that is done, one of a pair that failed; `places` are the pairs that the rows open. */
export function pairsTable(
  view: PairsView,
): TableContent & { readonly places: (number | undefined)[] } {
  const columns = [
    text("pairs.column.direction"),
    text("pairs.column.rows"),
    text("pairs.column.heldOut"),
    text("pairs.column.interval"),
    text("pairs.column.verdict"),
    text("pairs.column.p"),
    text("pairs.column.pAlone"),
    text("pairs.column.inSample"),
  ];
  const lines = view.pairs.flatMap((pair, place) => linesOf(pair, place));
  return {
    columns,
    rows: lines.map(({ cells }) => cells),
    places: lines.map(({ opens }) => opens),
  };
}

function linesOf(
  pair: ComparedPair,
  place: number,
): { cells: Cell[]; opens: number | undefined }[] {
  const { found, error } = pair;
  if (found === undefined) {
    const why = error === undefined ? "" : engineText(error);
    return [{ cells: [text("pairs.of", namesOf(pair, "forward")), why], opens: undefined }];
  }
  return directionNames.map((direction) => {
    const own = found[direction];
    const { heldOutRatioInterval: interval, correctedP, p } = own;
    const verdict = countedVerdict(own);
    const { carried, silenced } = rolesOfDirection[direction];
    return {
      opens: place,
      cells: [
        text("pairs.of", namesOf(pair, direction)),
        `${String(found.rows[carried])} / ${String(found.rows[silenced])}`,
        own.heldOutRatio ?? "",
        interval ? `${formatTable(interval.low)} – ${formatTable(interval.high)}` : "",
        verdict === undefined ? "" : text(`verdict.${verdict}`),
        correctedP === undefined ? "" : formatProbability(correctedP),
        p === undefined ? "" : formatProbability(p),
        own.inSampleRatio,
      ],
    };
  });
}
