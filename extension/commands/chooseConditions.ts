import * as vscode from "vscode";
import { shortSource } from "../../src/conditions/describeSource.ts";
import type { ConditionCandidate } from "../../src/conditions/proposeConditions.ts";
import type { FilePair } from "../activations/likelyPairs.ts";
import { likelyPairs, rankCounterparts } from "../activations/likelyPairs.ts";
import type { EngineClient } from "../engine/engineClient.ts";
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
import type { Pick, Step, StepOutcome } from "./steps.ts";
import { pick, takeSteps } from "./steps.ts";
import { chooseToken } from "./chooseToken.ts";

export interface ChoiceServices {
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

const title = () => vscode.l10n.t("Run GED Separation");

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
    type Value = ConditionPair | "other" | "browse" | readonly [string, string];
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
    items.push({ label: vscode.l10n.t("Browse for files..."), value: "browse" });
    const chosen = await pick<Value>({
      title: title(),
      placeholder: vscode.l10n.t("Target (carried) vs reference (silenced)"),
      place,
      items,
      onItemButton: exchangeValue,
    });
    if (!chosen || chosen === "back") return chosen && { kind: "back" };
    const { value } = chosen;
    if (value === "other") return { kind: "next", step: chooseTargetFile(services, files) };
    if (value === "browse") return browse(services);
    if (isPathPair(value)) return resolveFiles(services, value);
    return { kind: "done", result: value };
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
  return async (place) => {
    const chosen = await pick<string>({
      title: title(),
      placeholder: vscode.l10n.t("Target: the file whose variance the direction should carry"),
      place,
      items: files.map((path) => fileItem(services.shorten, path)),
    });
    if (!chosen || chosen === "back") return chosen && { kind: "back" };
    return { kind: "next", step: fromOneFile(services, chosen.value) };
  };
}

/** One file was chosen: it holds both conditions, or the other file is asked for. */
function fromOneFile(services: ChoiceServices, path: string): PairStep {
  return async (place) => {
    const proposal = await services.engine.propose([path]);
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
    const chosen = await pick<Value>({
      title: title(),
      placeholder: vscode.l10n.t("Which file to compare {0} with", baseName(path)),
      place,
      items,
      onItemButton: exchangeValue,
    });
    if (!chosen || chosen === "back") return chosen && { kind: "back" };
    if (chosen.value !== "browse") return resolveFiles(services, chosen.value);
    const [other] = await browseForFiles();
    return other === undefined ? { kind: "back" } : resolveFiles(services, [path, other]);
  };
}

/** Two files were chosen in the explorer: their roles are shown before anything runs. */
function fromFiles(services: ChoiceServices, paths: readonly [string, string]): PairStep {
  return async (place) => {
    const proposal = await services.engine.propose(paths);
    return choosePair(services, proposal.candidates, proposal)(place);
  };
}

/** The roles are chosen; what is left is which tensors of the files, where that is not plain. */
async function resolveFiles(
  services: ChoiceServices,
  [targetPath, referencePath]: readonly [string, string],
): Promise<PairOutcome> {
  const { candidates } = await services.engine.propose([targetPath, referencePath]);
  const of = (path: string) => candidates.filter(({ source }) => source.path === path);
  const targets = of(targetPath);
  const references = of(referencePath);
  if (targets.length === 1 && references.length === 1) {
    return afterPair(services, targets[0], references[0]);
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
    const chosen = await pick<Value>({
      title: title(),
      placeholder: vscode.l10n.t("Target (carried) vs reference (silenced)"),
      place,
      items,
      onItemButton: exchangeValue,
    });
    if (!chosen || chosen === "back") return chosen && { kind: "back" };
    if (chosen.value === "other") {
      return { kind: "next", step: chooseTarget(services, candidates, candidates) };
    }
    return afterPair(services, chosen.value.target, chosen.value.reference);
  };
}

function chooseTarget(
  services: ChoiceServices,
  targets: readonly ConditionCandidate[],
  references: readonly ConditionCandidate[],
): PairStep {
  return async (place) => {
    const chosen = await pick<ConditionCandidate>({
      title: title(),
      placeholder: vscode.l10n.t("Target: the condition whose variance the direction should carry"),
      place,
      items: targets.map(candidateItem),
    });
    if (!chosen || chosen === "back") return chosen && { kind: "back" };
    return { kind: "next", step: chooseReference(services, chosen.value, references) };
  };
}

function chooseReference(
  services: ChoiceServices,
  target: ConditionCandidate,
  candidates: readonly ConditionCandidate[],
): PairStep {
  return async (place) => {
    const others = candidates.filter((candidate) => candidate !== target);
    // Only equal widths can be compared; the others are listed below, for their error says why.
    const fits = (candidate: ConditionCandidate) =>
      candidate.columns === target.columns && candidate.tokens === target.tokens;
    const ordered = [...others.filter(fits), ...others.filter((candidate) => !fits(candidate))];
    const chosen = await pick<ConditionCandidate>({
      title: title(),
      placeholder: vscode.l10n.t(
        "Reference: the condition for which the direction should be silent (target: {0})",
        shortSource(target.source),
      ),
      place,
      items: ordered.map(candidateItem),
    });
    if (!chosen || chosen === "back") return chosen && { kind: "back" };
    return afterPair(services, target, chosen.value);
  };
}

/** Asks for the token position where rows have tokens; else the choice is complete. */
async function afterPair(
  _services: ChoiceServices,
  target: ConditionCandidate,
  reference: ConditionCandidate,
): Promise<PairOutcome> {
  const pair = pairOfCandidates(target, reference);
  if (target.tokens === undefined && reference.tokens === undefined) {
    return { kind: "done", result: pair };
  }
  return { kind: "next", step: tokenStep(pair, target.tokens ?? reference.tokens ?? 1) };
}

function tokenStep(pair: ConditionPair, tokens: number): PairStep {
  return async (place) => {
    const token = await chooseToken(title(), place, tokens);
    if (!token) return undefined;
    if (token === "back") return { kind: "back" };
    return { kind: "done", result: withToken(pair, token) };
  };
}
