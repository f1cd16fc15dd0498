import { EigenlensError } from "../errors.ts";
import type { ConditionSource, TokenChoice } from "./condition.ts";
import { printable } from "../text/printable.ts";

const help =
  "[labels=him], [COLUMN=VALUE], [sentences~/\\bhim\\b/], [rows=0:53], [token=last|mean|index:5|file:ids.json], [dtype=bfloat16], [name=him]";

/**
 * Reads the CLI's way to name a condition: `PATH`, `PATH#TENSOR`, and selections in brackets, separated by
 * commas:
 *
 * - `him.npy`, `file.safetensors#blocks.6.him`, `file.h5#layer6/him`, `file.zarr#him`
 * - `file.npz#X[labels=him]`: rows whose label is `him`; `labels` is a vector in the file, a column, or a file
 *   beside it (`[labels.json=him]`); any other column does as well (`[condition=him]`)
 * - `file.csv[sentences~/\bhim\b/]`: rows whose sentence matches; `/him/i` with flags
 * - `him.npy[rows=0:53]`: rows 0 to 52 of those selected so far; `[rows=10:]` and `[rows=:10]` too
 * - `tokens.npy[token=last]`, `[token=mean]`, `[token=index:5]` (negative: from the end), `[token=file:ids.json]`
 *   for `[rows, tokens, columns]`
 * - `him.npy[dtype=bfloat16]`: two-byte values that the file does not name are bfloat16
 * - `[name=him]`: what to call the condition
 *
 * A value with a comma or bracket stands in double quotes: `[condition="a, b"]`.
 * @throws EigenlensError "usage" for a selection that cannot be read; the line lists what can
 */
export function parseSource(text: string): ConditionSource {
  const { location, selections } = splitSelections(text);
  const { path, tensor } = splitTensor(location);
  if (path === "") {
    throw new EigenlensError(
      "usage",
      `"${printable(text)}" names no file: write PATH#TENSOR${help.slice(0, 12)}.`,
    );
  }
  const source: ConditionSource = { path, ...(tensor === undefined ? {} : { tensor }) };
  return selections.reduce(
    (known, selection) => ({ ...known, ...parseSelection(selection) }),
    source,
  );
}

const beginsSelection = /^\s*[^=~[\]#]+(=|~\s*\/)/;

/** Brackets belong to the path unless everything from one of them to the end reads as selections. */
function splitSelections(text: string): { location: string; selections: readonly string[] } {
  if (!text.endsWith("]")) return { location: text, selections: [] };
  for (let open = text.indexOf("["); open !== -1; open = text.indexOf("[", open + 1)) {
    // Names may hold thousands of brackets: what cannot begin a selection is not split.
    if (!beginsSelection.test(text.slice(open + 1))) continue;
    const selections = splitAtCommas(text.slice(open + 1, -1));
    if (selections?.every((selection) => beginsSelection.test(selection)) === true) {
      return { location: text.slice(0, open), selections };
    }
  }
  throw new EigenlensError(
    "usage",
    `The selection in "${printable(text)}" cannot be read: write ${help}, several separated by commas.`,
  );
}

/** Splits at commas outside quotes and regular expressions; undefined where one of those does not end. */
function splitAtCommas(text: string): string[] | undefined {
  const parts: string[] = [];
  let part = "";
  let closing = "";
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (closing !== "" && character === "\\") {
      part += character + text.charAt(++at);
      continue;
    }
    if (closing === "" && character === ",") {
      parts.push(part);
      part = "";
      continue;
    }
    if (character === closing) closing = "";
    else if (closing === "" && character === '"') closing = '"';
    else if (closing === "" && character === "/" && part.trimEnd().endsWith("~")) closing = "/";
    part += character;
  }
  return closing === "" ? [...parts, part] : undefined;
}

/** `#` begins a tensor's name where an extension stands before it; elsewhere it is part of the path. */
function splitTensor(location: string): { path: string; tensor?: string } {
  const match = /^(.*?\.[A-Za-z0-9]{1,12})#(.*)$/s.exec(location);
  if (match === null) return { path: location };
  const [, path = "", tensor = ""] = match;
  return tensor === "" ? { path } : { path, tensor };
}

function parseSelection(selection: string): Partial<ConditionSource> {
  const match = /^\s*([^=~]+?)\s*([=~])\s*(.*?)\s*$/s.exec(selection);
  const [, key = "", operator, value = ""] = match ?? [];
  if (operator === "~") return { sentences: { column: key, pattern: parsePattern(value) } };
  switch (key) {
    case "rows":
      return { rows: parseRows(value) };
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
      return { label: { column: key, value: unquoted(value) } };
  }
}

function unquoted(value: string): string {
  return /^".*"$/s.test(value) ? value.slice(1, -1).replace(/\\(["\\])/g, "$1") : value;
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
 * @throws EigenlensError "usage" where it is none
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
      `"${printable(pattern)}" is no regular expression (${printable(reason)}).`,
      {
        cause,
      },
    );
  }
}

function parseRows(value: string): { start: number; stop: number } {
  const match = /^(\d*):(\d*)$/.exec(value);
  const start = match?.[1] === "" ? 0 : Number(match?.[1]);
  const stop = match?.[2] === "" ? Number.MAX_SAFE_INTEGER : Number(match?.[2]);
  if (match === null || !(start < stop)) {
    throw new EigenlensError(
      "usage",
      `[rows=${printable(value)}] cannot be read: write [rows=START:STOP], counted from 0, STOP not included.`,
    );
  }
  return { start, stop };
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
