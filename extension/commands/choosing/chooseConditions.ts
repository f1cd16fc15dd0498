import * as vscode from "vscode";
import { describeSource } from "../../../src/conditions/naming/describeSource.ts";
import type { ConditionCandidate } from "../../../src/conditions/naming/proposeConditions.ts";
import type { FilePair } from "../../activations/likelyPairs.ts";
import { likelyPairs, rankCounterparts } from "../../activations/likelyPairs.ts";
import type { Pick } from "../../messages/pick.ts";
import { baseName } from "../../naming.ts";
import { ask, type PairOutcome, type PairStep } from "./ask.ts";
import { withNamedAxes } from "./axesStep.ts";
import { choosePair, chooseTarget, resolveSources } from "./choosePair.ts";
import type { ChoiceServices } from "./services.ts";
import type { ConditionPair } from "../conditionPair.ts";
import {
  containerItem,
  fileItem,
  filePairItem,
  isPathPair,
  pairItem,
  type ContainerPath,
} from "./pairItems.ts";
import { browseForFiles } from "./browse.ts";
import { takeSteps } from "../steps.ts";
import { typeConditions } from "./typeConditions.ts";

/** More folders than this are only among all files. */
const mostContainers = 50;

/**
 * Asks who is target and who is reference, with as few keystrokes as the files allow: the likely pair
 * stands first, its roles shown and exchangeable.
 * @param paths the files chosen in the explorer: none, one or two; the first is the target where its
 *   name does not say otherwise
 * @returns undefined if the user gave up
 * @throws EigenlensError if a file cannot be read
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

/**
 * Asks for what two sources leave open: which layer and head of them, the type of their values, the token.
 * @returns undefined if the user gave up
 * @throws EigenlensError if a file cannot be read
 */
export function completeSources(
  services: ChoiceServices,
  pair: ConditionPair,
): Promise<ConditionPair | undefined> {
  const paths = [pair.target.path, pair.reference.path];
  return takeSteps(withNamedAxes(services, paths, () => resolveSources(services, pair, false)));
}

/** From the palette: the likely pairs of the workspace, folders that may hold both conditions, then everything else. */
function chooseFiles(services: ChoiceServices): PairStep {
  return async (place) => {
    const { files, containers } = await services.files();
    const named = likelyPairs(files);
    const [first, second] = files;
    const pairs =
      named.length === 0 && files.length === 2 && first !== undefined && second !== undefined
        ? [{ target: first, reference: second }]
        : named;
    type Value =
      ConditionPair | "other" | "typed" | "browse" | readonly [string, string] | ContainerPath;
    const items: Pick<Value>[] = [];
    const { marked } = services;
    if (marked) items.push(pairItem(marked, vscode.l10n.t("marked")));
    const isMarked = (pair: FilePair) =>
      pair.target === marked?.target.path && pair.reference === marked.reference.path;
    for (const { target, reference } of pairs.filter((pair) => !isMarked(pair)).slice(0, 50)) {
      items.push(filePairItem(services.shorten, target, reference));
      if (pairs.length === 1) items.push(filePairItem(services.shorten, reference, target));
    }
    const paired = new Set(pairs.flatMap(({ target, reference }) => [target, reference]));
    const others = containers.filter((path) => !paired.has(path)).slice(0, mostContainers);
    items.push(...others.map((path) => containerItem(services.shorten, path)));
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
      if ("container" in value) {
        return { kind: "next", step: fromOneFile(services, value.container) };
      }
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
  return withNamedAxes(services, [path], async (place) => {
    const readings = services.readings.all;
    const proposal = await services.engine.calls.propose({ paths: [path], readings });
    if (proposal.target) return choosePair(services, proposal.candidates, proposal)(place);
    return chooseOtherFile(services, path, proposal.candidates)(place);
  });
}

/** @param own what the file offers, no two of which are likely to be compared */
function chooseOtherFile(
  services: ChoiceServices,
  path: string,
  own: readonly ConditionCandidate[],
): PairStep {
  return async (place) => {
    const { files } = await services.files();
    const others = rankCounterparts(path, files);
    type Value = readonly [string, string] | "browse" | "own" | "typed";
    const items: Pick<Value>[] = others.map((other) => {
      const [pair] = likelyPairs([path, other]);
      return pair
        ? filePairItem(services.shorten, pair.target, pair.reference)
        : filePairItem(services.shorten, path, other);
    });
    items.push({ label: "", kind: vscode.QuickPickItemKind.Separator });
    if (own.length > 1) {
      const label = vscode.l10n.t("Choose both in {0}...", baseName(path));
      items.push({ label, value: "own" });
    }
    items.push(
      {
        label: vscode.l10n.t("Type both conditions in {0}...", baseName(path)),
        description: vscode.l10n.t("rows, labels, regular expressions"),
        value: "typed",
      },
      { label: vscode.l10n.t("Browse for files..."), value: "browse" },
    );
    const placeholder = vscode.l10n.t("Which file to compare {0} with", baseName(path));
    return ask<Value>(services.texts, place, placeholder, items, async (value) => {
      if (value === "own") return { kind: "next", step: chooseTarget(services, own, own) };
      if (value === "typed") {
        const source = own[0]?.source ?? { path };
        const begun = describeSource({ ...source, path: services.shorten(path) });
        return { kind: "next", step: typeConditions(services.texts, begun) };
      }
      if (value !== "browse") return resolveFiles(services, value);
      const [other] = await browseForFiles();
      return other === undefined ? { kind: "back" } : resolveFiles(services, [path, other]);
    });
  };
}

/** Two files were chosen in the explorer: their roles are shown before anything runs. */
function fromFiles(services: ChoiceServices, paths: readonly [string, string]): PairStep {
  return withNamedAxes(services, paths, async (place) => {
    const readings = services.readings.all;
    const proposal = await services.engine.calls.propose({ paths, readings });
    return choosePair(services, proposal.candidates, proposal, paths)(place);
  });
}

/** The roles are chosen; what is left is what of the files, if that is not plain. */
function resolveFiles(
  services: ChoiceServices,
  [target, reference]: readonly [string, string],
): PairOutcome {
  const pair = { target: { path: target }, reference: { path: reference } };
  const step = withNamedAxes(services, [target, reference], () =>
    resolveSources(services, pair, true),
  );
  return { kind: "next", step };
}
