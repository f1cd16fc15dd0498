import * as vscode from "vscode";
import { likelyPairs, rankCounterparts } from "../activations/likelyPairs.ts";
import { shortenPath, sourceUri } from "../activations/sourcePath.ts";
import { chooseOne } from "../messages/choice.ts";
import { baseName } from "../naming.ts";
import { activationPaths } from "./choiceServices.ts";
import type { ConditionPair } from "./conditionPair.ts";
import { lastChoice } from "./choosing/lastChoice.ts";
import { nextFiles } from "./choosing/nextFiles.ts";
import type { CommandAction } from "./register.ts";
import type { NextPaths } from "./repeatChoice.ts";
import { isOfOneFile, nextPaths, repeatedPair } from "./repeatChoice.ts";
import { runPair, runSeparation } from "./runCommands.ts";

export const repeatCommands: Readonly<Record<string, CommandAction>> = {
  /** With nothing to repeat yet it asks, as a first run does. */
  async repeatLastChoice(context, clicked, all) {
    const last = lastChoice(context);
    const chosen = await nextFiles(context, last, clicked, all);
    if (!last) {
      await runSeparation(context, undefined, chosen.map(sourceUri));
      return;
    }
    const files = await activationPaths(context);
    const [first] = chosen;
    const paths =
      first === undefined
        ? await askForNext(last, files)
        : (nextPaths(last, chosen, files) ?? (await askForOther(last, first, files)));
    if (paths) await runPair(context, repeatedPair(last, paths));
  },
};

/** Files other than the last: each by itself, or in pairs that belong together by name. */
async function askForNext(
  last: ConditionPair,
  files: readonly string[],
): Promise<NextPaths | undefined> {
  const next: NextPaths[] = isOfOneFile(last)
    ? files.map((path) => [path] as const)
    : likelyPairs(files).map(({ target, reference }) => {
        return nextPaths(last, [target, reference], files) ?? [target, reference];
      });
  const choices = next
    .filter(([target]) => target !== last.target.path)
    .map((paths) => ({
      label: paths.map((path) => shortenPath(path ?? "")).join(" · "),
      paths,
    }));
  const picked = await chooseOne(choices, {
    title: vscode.l10n.t("Repeat the last choice on"),
    placeholder:
      choices.length === 0
        ? vscode.l10n.t("There is no other activation file in this workspace")
        : undefined,
  });
  return picked?.paths;
}

/** No name says which file belongs to the one chosen. */
async function askForOther(
  last: ConditionPair,
  first: string,
  files: readonly string[],
): Promise<NextPaths | undefined> {
  const choices = rankCounterparts(first, files).map((path) => ({
    label: baseName(path),
    description: shortenPath(path),
    path,
  }));
  const picked = await chooseOne(choices, {
    title: vscode.l10n.t("Repeat the last choice on"),
    placeholder: vscode.l10n.t("Which file to compare {0} with", baseName(first)),
    matchOnDescription: true,
  });
  return picked && nextPaths(last, [first, picked.path], files);
}
