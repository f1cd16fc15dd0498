import { EigenlensError } from "../errors.ts";
import { printable } from "../text/printable.ts";
import type { ConditionSource } from "./condition.ts";
import {
  parseSelections,
  selectionHelp,
  splitSelections,
  type Selections,
} from "./selection/selections.ts";

/**
 * Reads the CLI's way to name a condition: `PATH`, `PATH#TENSOR`, and selections in brackets, separated by
 * commas:
 *
 * - `him.npy`, `file.safetensors#blocks.6.him`, `file.h5#layer6/him`, `file.zarr#him`
 * - `file.npz#X[labels=him]`: rows whose label is `him`; `labels` is a vector in the file, a column, or a file
 *   beside it (`[labels.json=him]`); any other column does as well (`[condition=him]`)
 * - `file.npz#X[label=him,split=train]`, `[label=him,prompt~/\bdoctor\b/]`: rows that all of several columns select
 * - `file.csv[sentences~/\bhim\b/]`: rows whose sentence matches; `/him/i` with flags
 * - `him.npy[rows=0:53]`: rows 0 to 52 of those selected so far; `[rows=10:]` and `[rows=:10]` too; `[rows=0::2]`
 *   every other row, `[rows=-10:]` the last ten
 * - `tokens.npy[token=last]`, `[token=mean]`, `[token=index:5]` (negative: from the end), `[token=file:ids.json]`
 *   for `[rows, tokens, columns]`
 * - `folder#hook[token=last]`, `him/*.pt`: a folder or a pattern of files that belong together
 * - `four.npy[axes=row:layer:token:neuron,layer=2,token=-1]`, `heads.npy[axes=row:head:neuron,head=all]`
 * - `him.csv[columns=1:]`, `[columns=all]`, `[columns~/^n\d+$/]`: which columns of a table are neurons
 * - `him.npy[dtype=bfloat16]`: two-byte values that the file does not name are bfloat16
 * - `[name=him]`: what to call the condition
 *
 * A column or value with a comma or bracket stands in double quotes: `[condition="a, b"]`. Brackets may belong to
 * the tensor's name as well (`file.npz#h[2]`): which of them do is left to the file, see `longerNames`.
 * @throws EigenlensError "usage" for a selection that cannot be read; the line lists what can
 */
export function parseSource(text: string): ConditionSource {
  const [chosen, ...shorter] = readingsOf(text);
  if (chosen === undefined) return withoutSelections(text);
  const source = namedFile(text, chosen.location);
  const selections = parseSelections(chosen.selections);
  if (source.tensor === undefined) return { ...source, ...selections };
  const nothing: Reading = { location: text, selections: [] };
  const longerNames = [nothing, ...shorter.reverse()].map((reading) => ({
    tensor: splitTensor(reading.location).tensor ?? "",
    swallowed: kindsOf(
      chosen.selections.slice(0, chosen.selections.length - reading.selections.length),
    ),
  }));
  return { ...source, ...selections, longerNames };
}

/** A text without brackets that read as selections; those of a tensor's name may be part of it. */
function withoutSelections(text: string): ConditionSource {
  const source = namedFile(text, text);
  if (source.tensor === undefined && /\.[A-Za-z0-9]{1,12}\[.*\]$/s.test(text)) {
    throw new EigenlensError(
      "usage",
      `The selection in "${printable(text)}" cannot be read: write ${selectionHelp}, several separated by commas.`,
    );
  }
  return source;
}

function kindsOf(selections: readonly string[]): (keyof Selections)[] {
  return Object.keys(parseSelections(selections)) as (keyof Selections)[];
}

function namedFile(text: string, location: string): ConditionSource {
  const source = splitTensor(location);
  if (source.path !== "") return source;
  throw new EigenlensError(
    "usage",
    `"${printable(text)}" names no file: write PATH#TENSOR${selectionHelp.slice(0, 12)}.`,
  );
}

interface Reading {
  readonly location: string;
  readonly selections: readonly string[];
}

/** Every place from which all brackets to the end read as selections, the first one first. */
function readingsOf(text: string): Reading[] {
  if (!text.endsWith("]")) return [];
  const readings: Reading[] = [];
  for (let open = text.indexOf("["); open !== -1; open = text.indexOf("[", open + 1)) {
    const selections = splitSelections(text.slice(open));
    if (selections !== undefined) readings.push({ location: text.slice(0, open), selections });
  }
  return readings;
}

/**
 * `#` begins a tensor's name where an extension stands before it. Behind a folder's name, or a pattern's, it does unless
 * what follows ends like a file: `run#2/him.npy` is a path, `run#2` the tensor 2 of `run`.
 */
function splitTensor(location: string): { path: string; tensor?: string } {
  const match =
    /^(.*?\.[A-Za-z0-9]{1,12})#(.*)$/s.exec(location) ??
    (fileEnd.test(location) ? null : /^([^#]+)#(.*)$/s.exec(location));
  if (match === null) return { path: location };
  const [, path = "", tensor = ""] = match;
  return tensor === "" ? { path } : { path, tensor };
}

const fileEnd =
  /\.(npy|npz|safetensors|pth?|pkl|[ct]sv|jsonl?|ndjson|parquet|arrows?|ipc|feather|h5|hdf5|zarr|mat|bin|raw)$/i;
