import { axesText } from "../../activations/axes/axes.ts";
import { describeColumns } from "../selection/columnSelection.ts";
import type { ConditionSource, RowFilter, TokenChoice } from "../condition.ts";
import { folderOf } from "./paths.ts";
import { describeRowRange } from "../selection/rowRange.ts";
import { isReserved } from "../selection/selections.ts";

/** A source as the command line writes it: "file.npz#X[labels=him]"; `parseSource` reads it back, but for its name. */
export function describeSource(source: ConditionSource): string {
  const selections = [
    ...(source.label ? [describeFilter(source.label)] : []),
    ...(source.sentences ? [describeFilter(source.sentences)] : []),
    ...(source.further ?? []).map(describeFilter),
    ...(source.columns ? [describeColumns(source.columns)] : []),
    ...(source.elementType ? [`dtype=${source.elementType}`] : []),
    ...(source.axes ? [`axes=${axesText(source.axes)}`] : []),
    ...(source.layer === undefined ? [] : [`layer=${source.layer}`]),
    ...(source.head === undefined ? [] : [`head=${source.head}`]),
    ...(source.token ? [`token=${describeToken(source.token)}`] : []),
    ...(source.rows ? [`rows=${describeRowRange(source.rows)}`] : []),
  ];
  const tensor = source.tensor ? `#${source.tensor}` : "";
  return `${source.path}${tensor}${selections.length > 0 ? `[${selections.join(",")}]` : ""}`;
}

/** A selection of rows by a column, as it stands between brackets. */
export function describeFilter(filter: RowFilter): string {
  const name = column(filter.column);
  return "value" in filter
    ? `${name}=${quoted(filter.value)}`
    : `${name}~${slashed(filter.pattern)}`;
}

/** {@link describeSource} without the file's folder. */
export function shortSource(source: ConditionSource): string {
  return describeSource({ ...source, path: source.path.slice(folderOf(source.path).length) });
}

/** A choice of token as brackets hold it, without its key. */
export function describeToken(token: TokenChoice): string {
  switch (token.kind) {
    case "index":
      return `index:${token.index}`;
    case "indexFile":
      return `file:${quoted(token.path)}`;
    case "last":
    case "mean":
      return token.kind;
    default:
      return token satisfies never;
  }
}

/** A pattern with flags carries its slashes already. */
function slashed(pattern: string): string {
  return /^\/.*\/[a-z]+$/s.test(pattern) ? pattern : `/${pattern}/`;
}

function column(name: string): string {
  const isPlain = /^[^=~[\]#",\s](?:[^=~[\]#",]*[^=~[\]#",\s])?$/.test(name);
  return isPlain && !isReserved(name) ? name : inQuotes(name);
}

/** Spaces at the ends count only in quotes. */
function quoted(value: string): string {
  return /[,[\]"]|^\s|\s$/.test(value) ? inQuotes(value) : value;
}

function inQuotes(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
