import { extensionOf } from "../../activations/detectFormat.ts";
import { printable } from "../../text/printable.ts";
import { describeColumns } from "../selection/columnSelection.ts";
import type { ConditionSource } from "../condition.ts";
import { describeFilter, describeToken } from "./describeSource.ts";
import { fileStem } from "./guessName.ts";
import { describeRowRange } from "../selection/rowRange.ts";

/** A condition and what it would be called on its own. */
export interface NamedSource {
  readonly name: string;
  readonly source: ConditionSource;
}

/**
 * Names under which two conditions can be told apart wherever they stand side by side. Names that differ on the
 * screen stay as they are; others get the least that tells them apart in brackets: the folder, the part of the
 * file's or tensor's name, the label, the rows. Where nothing does, their roles do.
 * @param a the target, or what else stands first
 */
export function distinctNames(a: NamedSource, b: NamedSource): readonly [string, string] {
  if (differ(a.name, b.name)) return [a.name, b.name];
  for (const [first, second] of differences(a.source, b.source)) {
    const names = [suffixed(a.name, first), suffixed(b.name, second)] as const;
    if (differ(...names)) return names;
  }
  return [suffixed(a.name, "target"), suffixed(b.name, "reference")];
}

function suffixed(name: string, suffix: string): string {
  return suffix.trim() === "" ? name : `${name.trim()} (${suffix.trim()})`;
}

/** As a screen shows them: spaces collapse, and composed characters look like their parts. */
function differ(a: string, b: string): boolean {
  const [first, second] = [a, b].map((name) =>
    printable(name.normalize("NFC").replace(/\s+/g, " ").trim()),
  );
  return first !== second;
}

type Difference = readonly [string, string];

function* differences(a: ConditionSource, b: ConditionSource): Generator<Difference> {
  yield differingWords(fileStem(a.path), fileStem(b.path));
  yield [extensionOf(a.path), extensionOf(b.path)];
  yield differingFolders(a.path, b.path);
  yield differingWords(a.tensor ?? "", b.tensor ?? "");
  yield [a.label?.value ?? "", b.label?.value ?? ""];
  yield [a.label?.column ?? "", b.label?.column ?? ""];
  yield [a.sentences?.pattern ?? "", b.sentences?.pattern ?? ""];
  yield [furtherOf(a), furtherOf(b)];
  yield [rowsOf(a), rowsOf(b)];
  yield [tokenOf(a), tokenOf(b)];
  yield [columnsOf(a), columnsOf(b)];
  yield [a.elementType ?? "", b.elementType ?? ""];
}

function furtherOf({ further = [] }: ConditionSource): string {
  return further.map(describeFilter).join(", ");
}

function rowsOf({ rows }: ConditionSource): string {
  return rows === undefined ? "" : `rows ${describeRowRange(rows)}`;
}

function columnsOf({ columns }: ConditionSource): string {
  return columns === undefined ? "" : describeColumns(columns);
}

function tokenOf({ token }: ConditionSource): string {
  return token === undefined ? "" : `token ${describeToken(token)}`;
}

/** What is left of two names without the words that they begin and end with alike. */
function differingWords(a: string, b: string): Difference {
  const [first, second] = [words(a), words(b)];
  const shortest = Math.min(first.length, second.length);
  let start = 0;
  while (start < shortest && first[start] === second[start]) start += 1;
  let end = 0;
  while (end < shortest - start && first.at(-1 - end) === second.at(-1 - end)) end += 1;
  const part = (all: readonly string[]) => all.slice(start, all.length - end);
  // A bare number says what it counts with the word before it.
  const [left, right] = [first, second].map((all) => tidy(part(all).join("")));
  const isNumber = left !== "" && right !== "" && /^\d+$/.test(`${left}${right}`);
  if (isNumber) start = Math.max(0, start - 2);
  return [tidy(part(first).join("")), tidy(part(second).join(""))];
}

/** Words and what stands between them: joined they give the text again. */
function words(text: string): string[] {
  return text.split(/([^\p{L}\p{N}]+)/u);
}

function tidy(text: string): string {
  return text.replace(/^[\s._/-]+|[\s._/-]+$/g, "");
}

/** The folders from the innermost that differs down to the file. */
function differingFolders(a: string, b: string): Difference {
  const [first, second] = [foldersOf(a), foldersOf(b)];
  const depth = Math.max(first.length, second.length);
  for (let level = 1; level <= depth; level += 1) {
    if (first.at(-level) !== second.at(-level)) {
      return [first.slice(-level).join("/"), second.slice(-level).join("/")];
    }
  }
  return ["", ""];
}

function foldersOf(path: string): string[] {
  return path
    .split(/[/\\]/)
    .slice(0, -1)
    .filter((part) => part !== "" && part !== ".");
}
