import { EigenlensError } from "../../errors.ts";
import { printable } from "../../text/printable.ts";
import { parseColumns } from "./columnSelection.ts";
import { axisNames, isAxisName, type AxisName } from "../../activations/axes/axes.ts";
import type { ConditionSource, RowFilter, TokenChoice } from "../condition.ts";
import { parseRowRange } from "./rowRange.ts";

/** What brackets after a file or tensor say of a condition. */
export type Selections = Omit<ConditionSource, "path" | "tensor" | "longerNames">;

export const selectionHelp =
  '[labels=him], [COLUMN=VALUE], ["A[B]"=VALUE], [sentences~/\\bhim\\b/], [rows=0:53], [rows=0::2], [token=last|mean|-1|file:ids.json], [axes=row:layer:token:neuron], [layer=6], [head=3|all], [columns=all|0:768], [dtype=bfloat16], [name=him]';

const quotedText = /^"(?:[^"\\]|\\.)*"$/s;
const beginning = /^\s*(?:"(?:[^"\\]|\\.)*"|[^=~[\]#"]+?)\s*(?:=|~\s*\/)/s;

/**
 * The selections that a text consists of, not yet understood: one or several brackets, each with selections
 * between commas. Commas and brackets within quotes, regular expressions and brackets belong to what they stand in.
 * @param text from its first bracket to its end
 * @returns undefined if it is anything else
 */
export function splitSelections(text: string): string[] | undefined {
  const parts: string[] = [];
  // Names may hold thousands of brackets: what cannot begin a selection is not looked through to its end.
  if (!beginning.test(text.slice(1))) return undefined;
  let part = "";
  let closing = "";
  let depth = 0;
  for (let at = 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (closing !== "" && character === "\\") {
      part += character + text.charAt(++at);
      continue;
    }
    if (closing === "" && depth === 0 && (character === "," || character === "]")) {
      if (!beginning.test(part)) return undefined;
      parts.push(part);
      part = "";
      if (character === ",") continue;
      if (at === text.length - 1) return parts;
      if (text.charAt(++at) !== "[") return undefined;
      continue;
    }
    if (character === closing) closing = "";
    else if (closing === "" && character === '"') closing = '"';
    else if (closing === "" && character === "/" && part.trimEnd().endsWith("~")) closing = "/";
    else if (closing === "" && character === "[") depth++;
    else if (closing === "" && character === "]") depth--;
    part += character;
  }
  return undefined;
}

/**
 * @param texts from {@link splitSelections}
 * @throws EigenlensError "usage" for a selection that cannot be read, or two of one kind
 */
export function parseSelections(texts: readonly string[]): Selections {
  let known: Selections = {};
  for (const text of texts) {
    const parsed = besideKnown(parseSelection(text), known);
    const twice = Object.keys(parsed).find((kind) => kind !== "further" && kind in known);
    if (twice !== undefined) {
      throw new EigenlensError(
        "usage",
        `[${printable(text)}] comes second: a condition is selected by one ${words[twice as keyof Selections]} only; leave one out.`,
      );
    }
    known = { ...known, ...parsed };
  }
  return known;
}

/** A second column of rows selects beside the first; two values of one column would keep no row. */
function besideKnown(parsed: Selections, known: Selections): Selections {
  const { label, sentences } = parsed;
  const filter = label ?? sentences;
  const first = label === undefined ? known.sentences : known.label;
  if (filter === undefined || first === undefined) return parsed;
  const { further = [] } = known;
  const isTwice = [first, ...further].some((other) => isSame(other, filter));
  return isTwice ? parsed : { further: [...further, filter] };
}

function isSame(a: RowFilter, b: RowFilter): boolean {
  if (a.column !== b.column) return false;
  return "value" in a ? "value" in b : "pattern" in b && a.pattern === b.pattern;
}

const words: Readonly<Record<keyof Selections, string>> = {
  label: "column of labels",
  sentences: "regular expression",
  further: "column",
  rows: "range of rows",
  columns: "choice of columns",
  axes: "list of axes",
  layer: "layer",
  head: "head",
  token: "token position",
  elementType: "dtype",
  name: "name",
};

function parseSelection(selection: string): Selections {
  const match = /^\s*("(?:[^"\\]|\\.)*"|[^=~]+?)\s*([=~])\s*(.*?)\s*$/s.exec(selection);
  const [, key = "", operator, value = ""] = match ?? [];
  const column = unquoted(key);
  if (operator === "~" && key === "columns") {
    return { columns: { kind: "pattern", pattern: parsePattern(value) } };
  }
  if (operator === "~") return { sentences: { column, pattern: parsePattern(value) } };
  switch (key) {
    case "rows":
      return { rows: parseRowRange(value) };
    case "columns":
      return { columns: parseColumns(value) };
    case "axes":
      return { axes: parseAxes(value) };
    case "layer":
      return isIndex(value) ? { layer: Number(value) + 0 } : labelled(column, value);
    case "head":
      if (value === "all") return { head: value };
      return isIndex(value) ? { head: Number(value) + 0 } : labelled(column, value);
    case "token":
      return { token: parseToken(value) };
    case "name":
      return { name: unquoted(value) };
    case "dtype":
      if (value === "bfloat16") return { elementType: "bfloat16" };
      throw new EigenlensError(
        "usage",
        `[dtype=${printable(value)}] is not known: only bfloat16 can be chosen.`,
      );
    default:
      return labelled(column, value);
  }
}

function labelled(column: string, value: string): Selections {
  return { label: { column, value: unquoted(value) } };
}

/** Whether a column's name means something else unless it stands in quotes. */
export function isReserved(column: string): boolean {
  return ["rows", "columns", "axes", "layer", "head", "token", "name", "dtype"].includes(column);
}

function unquoted(value: string): string {
  return quotedText.test(value) ? value.slice(1, -1).replace(/\\(["\\])/g, "$1") : value;
}

/** `/pattern/` becomes the pattern; flags are kept in the written form. */
function parsePattern(value: string): string {
  const match = /^\/(.*)\/([a-z]*)$/s.exec(value);
  const pattern = match === null ? value : match[2] === "" ? (match[1] ?? "") : value;
  sentencePattern(pattern);
  return pattern;
}

/**
 * The regular expression of a `sentences` selection, written plainly or as `/him/i`.
 * @throws EigenlensError "usage" if it is none
 */
export function sentencePattern(pattern: string): RegExp {
  const match = /^\/(.*)\/([a-z]+)$/s.exec(pattern);
  try {
    // "g" and "y" would make matching depend on the rows before.
    return match === null
      ? new RegExp(pattern, "u")
      : new RegExp(match[1] ?? "", `${(match[2] ?? "").replace(/[guy]/g, "")}u`);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EigenlensError(
      "usage",
      `"${printable(pattern)}" is no regular expression (${printable(reason)}): correct it, as in [sentences~/\\bhim\\b/].`,
      {
        cause,
      },
    );
  }
}

function parseAxes(value: string): readonly AxisName[] {
  const names = value.split(":").map((name) => name.trim());
  const axes = names.filter(isAxisName);
  const isOnce = new Set(names).size === names.length;
  if (isOnce && axes.length === names.length && axes.includes("neuron")) return axes;
  throw new EigenlensError(
    "usage",
    `[axes=${printable(value, 100)}] cannot be read: name every axis once, outermost first, of ${axisNames.join(", ")}; neuron is needed, as in [axes=row:layer:token:neuron].`,
  );
}

/** Whether a value may count entries of an axis; any other is one of a column that is called so. */
function isIndex(value: string): boolean {
  return /^[+-]?\d{1,9}$/.test(value);
}

function parseToken(value: string): TokenChoice {
  if (value === "last" || value === "mean") return { kind: value };
  const index = /^(?:index:)?([+-]?\d+)$/.exec(value)?.[1];
  if (index !== undefined) return { kind: "index", index: Number(index) };
  const path = /^file:(.+)$/s.exec(value)?.[1];
  if (path !== undefined) return { kind: "indexFile", path: unquoted(path) };
  throw new EigenlensError(
    "usage",
    `[token=${printable(value)}] cannot be read: write token=last, token=mean, token=index:5 or token=file:ids.json.`,
  );
}
