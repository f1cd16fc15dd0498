import * as vscode from "vscode";
import { shortSource } from "../../../src/conditions/naming/describeSource.ts";
import { distinctNames } from "../../../src/conditions/naming/distinctNames.ts";
import type { ConditionCandidate } from "../../../src/conditions/naming/proposeConditions.ts";
import type { Pick } from "../../messages/pick.ts";
import { baseName } from "../../naming.ts";
import { runTitle } from "../../runs/runEntry.ts";
import type { CandidatePair, ConditionPair } from "../conditionPair.ts";
import { describeCandidate, exchanged, pairTitle, placeName } from "../conditionPair.ts";

/** The path below its workspace folder, for descriptions. */
export type ShortenPath = (path: string) => string;

const exchangeButton = () => ({
  iconPath: new vscode.ThemeIcon("arrow-swap"),
  tooltip: vscode.l10n.t("Swap the roles and run"),
});

/** Two files, not opened yet. */
export function filePairItem(
  shorten: ShortenPath,
  target: string,
  reference: string,
): Pick<readonly [string, string]> {
  const named = (path: string) => ({
    name: baseName(path).replace(/\.[^.]+$/, ""),
    source: { path },
  });
  const names = distinctNames(named(target), named(reference));
  return {
    label: runTitle({ target: names[0], reference: names[1] }),
    detail: vscode.l10n.t("Target: {0} · Reference: {1}", shorten(target), shorten(reference)),
    value: [target, reference],
    buttons: [exchangeButton()],
  };
}

/** Two sources that were chosen before. */
export function pairItem(pair: ConditionPair, description: string): Pick<ConditionPair> {
  return {
    label: runTitle({
      target: pair.target.name ?? shortSource(pair.target),
      reference: pair.reference.name ?? shortSource(pair.reference),
    }),
    description,
    detail: vscode.l10n.t(
      "Target: {0} · Reference: {1}",
      shortSource(pair.target),
      shortSource(pair.reference),
    ),
    value: pair,
    buttons: [exchangeButton()],
  };
}

/** Two candidates with their shapes; the file is named once where it holds both. */
export function candidatePairItem(pair: CandidatePair): Pick<CandidatePair> {
  const { target, reference } = pair;
  const sameFile = target.source.path === reference.source.path;
  const describe = ({ source }: ConditionCandidate) =>
    sameFile && source.tensor && !source.label ? source.tensor : shortSource(source);
  const place = sameFile
    ? [placeName(target), baseName(target.source.path)]
    : [placeName(target), describeEntry(target)];
  const shapes = new Set([describeCandidate(target), describeCandidate(reference)]);
  return {
    label: pairTitle(target, reference),
    description: [...place, ...shapes].filter(Boolean).join(" · "),
    detail: vscode.l10n.t("Target: {0} · Reference: {1}", describe(target), describe(reference)),
    value: pair,
    buttons: [exchangeButton()],
  };
}

/** "layer 6", "head 3" if one of several was taken. */
function describeEntry({ source: { layer, head } }: ConditionCandidate): string {
  return [
    ...(layer === undefined ? [] : [vscode.l10n.t("layer {0}", layer)]),
    ...(head === undefined
      ? []
      : [head === "all" ? vscode.l10n.t("all heads") : vscode.l10n.t("head {0}", head)]),
  ].join(", ");
}

export function candidateItem(candidate: ConditionCandidate): Pick<ConditionCandidate> {
  return {
    label: shortSource(candidate.source),
    description: describeCandidate(candidate),
    value: candidate,
  };
}

export function fileItem(shorten: ShortenPath, path: string): Pick<string> {
  return { label: baseName(path), description: shorten(path), value: path };
}

/** A folder that is one container, from which the choice goes on. */
export interface ContainerPath {
  readonly container: string;
}

export function containerItem(shorten: ShortenPath, path: string): Pick<ContainerPath> {
  return {
    label: baseName(path),
    description: shorten(path),
    iconPath: vscode.ThemeIcon.Folder,
    value: { container: path },
  };
}

export function isPathPair(
  value: ConditionPair | readonly [string, string] | ContainerPath,
): value is readonly [string, string] {
  return Array.isArray(value);
}

/** A pair of any kind with its roles exchanged; anything else as it is. */
export function exchangeValue<Value>(value: Value): Value {
  if (Array.isArray(value)) return [value[1], value[0]] as Value;
  if (typeof value === "object" && value !== null && "target" in value && "reference" in value) {
    return exchanged({ target: value.target, reference: value.reference }) as Value;
  }
  return value;
}
