import * as vscode from "vscode";
import { shortSource } from "../../src/conditions/naming/describeSource.ts";
import type { ConditionCandidate } from "../../src/conditions/naming/proposeConditions.ts";
import type { FilePair } from "../activations/likelyPairs.ts";
import { likelyPairs, rankCounterparts } from "../activations/likelyPairs.ts";
import type { EngineClient } from "../engine/engineClient.ts";
import type { Pick } from "../messages/pick.ts";
import { pick } from "../messages/pick.ts";
import { baseName } from "../naming.ts";
import type { CandidatePair, ConditionPair } from "./conditionPair.ts";
import { candidatePairs, exchanged, pairOfCandidates, withToken } from "./conditionPair.ts";
import {
  candidateItem,
  candidatePairItem,
  exchangeValue,
  fileItem,
  filePairItem,
  isPathPair,
  pairItem,
  type ShortenPath,
} from "./pairItems.ts";
import { browseForFiles } from "./browse.ts";
import type { Step, StepOutcome, StepPlace } from "./steps.ts";
import { takeSteps } from "./steps.ts";
import { chooseToken } from "./chooseToken.ts";
import type { ChoiceTexts } from "./choiceTexts.ts";
import { typeConditions } from "./typeConditions.ts";

export interface ChoiceServices {
  readonly texts: ChoiceTexts;
  readonly engine: EngineClient;
  /** Paths of the workspace's activation files. */
  files(): Promise<readonly string[]>;
  /** The path below its workspace folder, for descriptions. */
  shorten: ShortenPath;
  /** Marked in the Activations view. */
  readonly marked?: ConditionPair;
}

type PairStep = Step<ConditionPair>;
type PairOutcome = StepOutcome<ConditionPair>;

/**
 * Asks who is target and who is reference, with as few keystrokes as the files allow: the likely pair
 * stands first, its roles shown and exchangeable.
 * @param paths the files chosen in the explorer: none, one or two; the first is the target where its
 *   name does not say otherwise
 * @returns undefined where the user gave up
 * @throws EigenlensError where a file cannot be read
 */
export function chooseConditions(
  services: ChoiceServices,
  paths: readonly string[] = [],
): Promise<ConditionPair | undefined> {
  const [first, second] = paths;
  if (first === undefined) return takeSteps(chooseFiles(services));
  return takeSteps(
    second === undefined ? fromOneFile(services, first) : fromFiles(services, [first, second]),
  );
}

/** From the palette: the likely pairs of the workspace, then everything else. */
function chooseFiles(services: ChoiceServices): PairStep {
  return async (place) => {
    const files = await services.files();
    const named = likelyPairs(files);
    const [first, second] = files;
    const pairs =
      named.length === 0 && files.length === 2 && first !== undefined && second !== undefined
        ? [{ target: first, reference: second }]
        : named;
    type Value = ConditionPair | "other" | "typed" | "browse" | readonly [string, string];
    const items: Pick<Value>[] = [];
    const { marked } = services;
    if (marked) items.push(pairItem(marked, vscode.l10n.t("marked")));
    const isMarked = (pair: FilePair) =>
      pair.target === marked?.target.path && pair.reference === marked.reference.path;
    for (const { target, reference } of pairs.filter((pair) => !isMarked(pair)).slice(0, 50)) {
      items.push(filePairItem(services.shorten, target, reference));
      if (pairs.length === 1) items.push(filePairItem(services.shorten, reference, target));
    }
    if (files.length > 0) {
      items.push({ label: "", kind: vscode.QuickPickItemKind.Separator });
      items.push({ label: vscode.l10n.t("Choose target and reference..."), value: "other" });
    }
    items.push(
      { label: vscode.l10n.t("Browse for files..."), value: "browse" },
      {
        label: vscode.l10n.t("Type target and reference..."),
        description: vscode.l10n.t("rows, labels, regular expressions"),
        value: "typed",
      },
    );
    return ask<Value>(services.texts, place, services.texts.pair, items, (value) => {
      if (value === "other") return { kind: "next", step: chooseTargetFile(services, files) };
      if (value === "browse") return browse(services);
      if (value === "typed") return { kind: "next", step: typeConditions(services.texts) };
      if (isPathPair(value)) return resolveFiles(services, value);
      return { kind: "done", result: value };
    });
  };
}

async function browse(services: ChoiceServices): Promise<PairOutcome> {
  const paths = await browseForFiles();
  const [first, second] = paths;
  if (first === undefined) return undefined;
  const step =
    second === undefined ? fromOneFile(services, first) : fromFiles(services, [first, second]);
  return { kind: "next", step };
}

function chooseTargetFile(services: ChoiceServices, files: readonly string[]): PairStep {
  const items = files.map((path) => fileItem(services.shorten, path));
  return (place) =>
    ask(services.texts, place, services.texts.targetFile, items, (path) => ({
      kind: "next",
      step: fromOneFile(services, path),
    }));
}

/** One file was chosen: it holds both conditions, or the other file is asked for. */
function fromOneFile(services: ChoiceServices, path: string): PairStep {
  return async (place) => {
    const proposal = await services.engine.calls.propose({ paths: [path] });
    if (proposal.candidates.length > 1) {
      return choosePair(services, proposal.candidates, proposal)(place);
    }
    return chooseOtherFile(services, path)(place);
  };
}

function chooseOtherFile(services: ChoiceServices, path: string): PairStep {
  return async (place) => {
    const others = rankCounterparts(path, await services.files());
    type Value = readonly [string, string] | "browse";
    const items: Pick<Value>[] = others.map((other) => {
      const [pair] = likelyPairs([path, other]);
      return pair
        ? filePairItem(services.shorten, pair.target, pair.reference)
        : filePairItem(services.shorten, path, other);
    });
    items.push({ label: vscode.l10n.t("Browse for files..."), value: "browse" });
    const placeholder = vscode.l10n.t("Which file to compare {0} with", baseName(path));
    return ask<Value>(services.texts, place, placeholder, items, async (value) => {
      if (value !== "browse") return resolveFiles(services, value);
      const [other] = await browseForFiles();
      return other === undefined ? { kind: "back" } : resolveFiles(services, [path, other]);
    });
  };
}

/** Two files were chosen in the explorer: their roles are shown before anything runs. */
function fromFiles(services: ChoiceServices, paths: readonly [string, string]): PairStep {
  return async (place) => {
    const proposal = await services.engine.calls.propose({ paths });
    return choosePair(services, proposal.candidates, proposal)(place);
  };
}

/** The roles are chosen; what is left is which tensors of the files, where that is not plain. */
async function resolveFiles(
  services: ChoiceServices,
  [targetPath, referencePath]: readonly [string, string],
): Promise<PairOutcome> {
  const { candidates } = await services.engine.calls.propose({
    paths: [targetPath, referencePath],
  });
  const of = (path: string) => candidates.filter(({ source }) => source.path === path);
  const targets = of(targetPath);
  const references = of(referencePath);
  const [[target, ...otherTargets], [reference, ...otherReferences]] = [targets, references];
  if (target && reference && otherTargets.length + otherReferences.length === 0) {
    return afterPair(services, target, reference);
  }
  return { kind: "next", step: chooseTarget(services, targets, references) };
}

/** Shows the proposed pair, its exchange, and the way to choose both. */
function choosePair(
  services: ChoiceServices,
  candidates: readonly ConditionCandidate[],
  proposal: { readonly target?: ConditionCandidate; readonly reference?: ConditionCandidate },
): PairStep {
  const { target, reference } = proposal;
  if (!target || !reference) return chooseTarget(services, candidates, candidates);
  return async (place) => {
    type Value = CandidatePair | "other";
    const pairs = candidatePairs(candidates);
    const items: Pick<Value>[] =
      pairs.length > 1
        ? pairs.map(candidatePairItem)
        : [{ target, reference }, exchanged({ target, reference })].map(candidatePairItem);
    if (candidates.length > 2) {
      items.push({ label: "", kind: vscode.QuickPickItemKind.Separator });
      items.push({ label: vscode.l10n.t("Choose target and reference..."), value: "other" });
    }
    return ask<Value>(services.texts, place, services.texts.pair, items, (value) =>
      value === "other"
        ? { kind: "next", step: chooseTarget(services, candidates, candidates) }
        : afterPair(services, value.target, value.reference),
    );
  };
}

function chooseTarget(
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
      afterPair(services, target, reference),
    );
  };
}

/** Asks for the token position where rows have tokens; else the choice is complete. */
function afterPair(
  { texts }: ChoiceServices,
  target: ConditionCandidate,
  reference: ConditionCandidate,
): PairOutcome {
  const pair = pairOfCandidates(target, reference);
  if (target.tokens === undefined && reference.tokens === undefined) {
    return { kind: "done", result: pair };
  }
  return { kind: "next", step: tokenStep(texts, pair, target.tokens ?? reference.tokens ?? 1) };
}

function tokenStep(texts: ChoiceTexts, pair: ConditionPair, tokens: number): PairStep {
  return async (place) => {
    const token = await chooseToken(texts.title, place, tokens);
    if (!token) return undefined;
    if (token === "back") return { kind: "back" };
    return { kind: "done", result: withToken(pair, token) };
  };
}

/** One quick pick of the choice; where the user goes back or gives up, that is the outcome. */
async function ask<Value>(
  { title }: ChoiceTexts,
  place: StepPlace,
  placeholder: string,
  items: readonly Pick<Value>[],
  next: (value: Value) => PairOutcome | Promise<PairOutcome>,
): Promise<PairOutcome> {
  const chosen = await pick<Value>({
    title,
    placeholder,
    place,
    items,
    onItemButton: exchangeValue,
  });
  if (!chosen || chosen === "back") return chosen && { kind: "back" };
  return next(chosen.value);
}
