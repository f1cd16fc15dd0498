import { describeColumns } from "./columnSelection.ts";
import type { ConditionSource, TokenChoice } from "./condition.ts";
import { folderOf } from "./paths.ts";

/** A source as the command line writes it: "file.npz#X[labels=him]"; `parseSource` reads it back, but for its name. */
export function describeSource(source: ConditionSource): string {
  const selections = [
    ...(source.label ? [`${source.label.column}=${quoted(source.label.value)}`] : []),
    ...(source.sentences
      ? [`${source.sentences.column}~${slashed(source.sentences.pattern)}`]
      : []),
    ...(source.columns ? [describeColumns(source.columns)] : []),
    ...(source.elementType ? [`dtype=${source.elementType}`] : []),
    ...(source.token ? [`token=${describeToken(source.token)}`] : []),
    ...(source.rows ? [`rows=${describeRows(source.rows)}`] : []),
  ];
  const tensor = source.tensor ? `#${source.tensor}` : "";
  return `${source.path}${tensor}${selections.length > 0 ? `[${selections.join(",")}]` : ""}`;
}

/** {@link describeSource} without the file's folder. */
export function shortSource(source: ConditionSource): string {
  return describeSource({ ...source, path: source.path.slice(folderOf(source.path).length) });
}

function describeToken(token: TokenChoice): string {
  switch (token.kind) {
    case "index":
      return `index:${token.index}`;
    case "indexFile":
      return `file:${quoted(token.path)}`;
    default:
      return token.kind;
  }
}

/** An end that was left open stays open. */
function describeRows({ start, stop }: NonNullable<ConditionSource["rows"]>): string {
  return `${start}:${stop === Number.MAX_SAFE_INTEGER ? "" : stop}`;
}

/** A pattern with flags carries its slashes already. */
function slashed(pattern: string): string {
  return /^\/.*\/[a-z]+$/s.test(pattern) ? pattern : `/${pattern}/`;
}

function quoted(value: string): string {
  return /[,[\]"]/.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : value;
}
