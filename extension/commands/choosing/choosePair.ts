import * as vscode from "vscode";
import { shortSource } from "../../../src/conditions/naming/describeSource.ts";
import type { ConditionCandidate } from "../../../src/conditions/naming/proposeConditions.ts";
import type { ConditionSource } from "../../../src/conditions/condition.ts";
import type { Pick } from "../../messages/pick.ts";
import {
  candidatePairs,
  exchanged,
  type CandidatePair,
  type ConditionPair,
} from "../conditionPair.ts";
import { candidateItem, candidatePairItem } from "./pairItems.ts";
import { ask, type PairOutcome, type PairStep } from "./ask.ts";
import type { ChoiceServices } from "./services.ts";
import { completePair } from "./completePair.ts";
import { pairsAtOnePlace, pairsOfFiles } from "./samePlace.ts";

/**
 * The roles are chosen; what is left is which tensor, layer and head, if that is not plain.
 * @param offersLabels whether rows of one label are offered, or all rows were meant
 */
export async function resolveSources(
  services: ChoiceServices,
  pair: ConditionPair,
  offersLabels: boolean,
): Promise<PairOutcome> {
  const { target, reference } = pair;
  const { candidates } = await services.engine.calls.propose({
    paths: [...new Set([target.path, reference.path])],
    readings: services.readings.all,
  });
  const of = (source: ConditionSource) =>
    candidates.filter(
      (each) => isOf(each, source) && (offersLabels || each.source.label === undefined),
    );
  const targets = of(target);
  const references = of(reference);
  const [onlyTarget] = targets;
  const [onlyReference] = references;
  if (targets.length === 1 && references.length === 1 && onlyTarget && onlyReference) {
    return completePair(services, onlyTarget, onlyReference);
  }
  const pairs = pairsAtOnePlace(targets, references);
  if (pairs.length === 0) {
    return { kind: "next", step: chooseTarget(services, targets, references) };
  }
  return { kind: "next", step: choosePlace(services, pairs, targets, references) };
}

/** Whether a candidate is what a source names: its file, and its tensor if it names one. */
function isOf({ source }: ConditionCandidate, { path, tensor }: ConditionSource): boolean {
  return source.path === path && (tensor === undefined || source.tensor === tensor);
}

/** Shows the pairs that two files hold at the same places. */
function choosePlace(
  services: ChoiceServices,
  pairs: readonly CandidatePair[],
  targets: readonly ConditionCandidate[],
  references: readonly ConditionCandidate[],
): PairStep {
  const isAll = pairs.length === targets.length && pairs.length === references.length;
  return listedPairs(
    services,
    pairs,
    isAll ? undefined : chooseTarget(services, targets, references),
  );
}

/**
 * Shows the proposed pair, its exchange, and the way to choose both.
 * @param paths of two files, if both conditions are not in one
 */
export function choosePair(
  services: ChoiceServices,
  candidates: readonly ConditionCandidate[],
  proposal: { readonly target?: ConditionCandidate; readonly reference?: ConditionCandidate },
  paths?: readonly [string, string],
): PairStep {
  const { target, reference } = proposal;
  const other = chooseTarget(services, candidates, candidates);
  if (!target || !reference) return other;
  const known = candidatePairs(candidates);
  const pairs = known.length > 1 || paths === undefined ? known : pairsOfFiles(candidates, paths);
  const shown =
    pairs.length > 1 ? pairs : [{ target, reference }, exchanged({ target, reference })];
  return listedPairs(
    services,
    shown,
    candidates.length > 2 ? other : undefined,
    labelled(candidates),
  );
}

/** The file of which some tensor has rows of more than two labels; undefined if there is none. */
function labelled(candidates: readonly ConditionCandidate[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { source } of candidates) {
    if (source.label === undefined) continue;
    const { label, ...rows } = source;
    const key = JSON.stringify([rows, label.column]);
    const count = (counts.get(key) ?? 0) + 1;
    if (count > 2) return source.path;
    counts.set(key, count);
  }
  return undefined;
}

/**
 * @param other the way to choose both one by one, if there is more than the pairs
 * @param labelledPath of the file whose labels may be compared all at once
 */
function listedPairs(
  services: ChoiceServices,
  pairs: readonly CandidatePair[],
  other: PairStep | undefined,
  labelledPath?: string,
): PairStep {
  return async (place) => {
    type Value = CandidatePair | "other" | "all";
    const items: Pick<Value>[] = pairs.map(candidatePairItem);
    if (other) {
      items.push({ label: "", kind: vscode.QuickPickItemKind.Separator });
      items.push({ label: vscode.l10n.t("Choose target and reference..."), value: "other" });
    }
    if (labelledPath !== undefined && services.allPairs) {
      items.push({
        label: vscode.l10n.t("Compare all label pairs..."),
        description: vscode.l10n.t("a matrix, with p that count all of them"),
        value: "all",
      });
    }
    return ask<Value>(services.texts, place, services.texts.pair, items, (value) => {
      if (value === "other") return other && { kind: "next", step: other };
      if (value !== "all") return completePair(services, value.target, value.reference);
      if (labelledPath !== undefined) services.allPairs?.(labelledPath);
      return undefined;
    });
  };
}

export function chooseTarget(
  services: ChoiceServices,
  targets: readonly ConditionCandidate[],
  references: readonly ConditionCandidate[],
): PairStep {
  const items = targets.map(candidateItem);
  return (place) =>
    ask(services.texts, place, services.texts.target, items, (target) => ({
      kind: "next",
      step: chooseReference(services, target, references),
    }));
}

function chooseReference(
  services: ChoiceServices,
  target: ConditionCandidate,
  candidates: readonly ConditionCandidate[],
): PairStep {
  return (place) => {
    const others = candidates.filter((candidate) => candidate !== target);
    // Only equal widths can be compared; the others are listed below, for their error says why.
    const fits = (candidate: ConditionCandidate) =>
      candidate.columns === target.columns && candidate.tokens === target.tokens;
    const ordered = [...others.filter(fits), ...others.filter((candidate) => !fits(candidate))];
    const placeholder = services.texts.reference(shortSource(target.source));
    return ask(services.texts, place, placeholder, ordered.map(candidateItem), (reference) =>
      completePair(services, target, reference),
    );
  };
}
