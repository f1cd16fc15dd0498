import * as vscode from "vscode";
import { EigenlensError } from "../../src/errors.ts";
import { sourceUri } from "../activations/sourcePath.ts";
import { optionsFromSettings } from "../settings.ts";
import { checkKept } from "../runs/checkKept.ts";
import type { RunEntry } from "../runs/runEntry.ts";
import type { RunPanel } from "../runs/runPanel.ts";
import { runRequest } from "../runs/storedRun.ts";
import { chooseConditions, completeSources } from "./choosing/chooseConditions.ts";
import { choiceServices, markedPair } from "./choiceServices.ts";
import { separationTexts } from "./choosing/choiceTexts.ts";
import { chosenPaths } from "./choosing/chosenPaths.ts";
import type { CommandContext } from "./commandContext.ts";
import type { ConditionPair } from "./conditionPair.ts";
import { exchanged, namedPair } from "./conditionPair.ts";
import { rememberChoice } from "./choosing/lastChoice.ts";
import type { CommandAction } from "./register.ts";
import { isRunNode } from "./runListCommands.ts";

export const runCommands: Readonly<Record<string, CommandAction>> = {
  runSeparation,

  async runMarked(context) {
    const marked = markedPair(context);
    if (!marked) {
      throw new EigenlensError(
        "usage",
        vscode.l10n.t("Mark a target and a reference in the Activations view first."),
      );
    }
    const pair = await completeSources(choiceServices(context, separationTexts()), marked);
    if (pair) await runPair(context, pair);
  },

  async swapRoles(context) {
    const view = activeView(context);
    const { options, ...pair } = requestOf(view);
    await checkShown(view);
    await context.runner.run({ options, ...exchanged(pair) }, view);
  },

  /** Of a row of the Runs view: as a new run. Else of the panel in front, in its place. */
  async rerun(context, node) {
    if (isRunNode(node)) await runAgain(context, node.entry);
    else await rerunIn(context, activeView(context));
  },

  cancelRun(context, node) {
    const run = isComputing(node) ? node.run : undefined;
    if (run) run.cancel();
    else context.active.cancelAll();
  },
};

/** Asks for two conditions, those of the clicked files if they tell, and runs them. */
export async function runSeparation(
  context: CommandContext,
  clicked: unknown,
  all: unknown,
): Promise<void> {
  const pair = await chooseConditions(
    {
      ...choiceServices(context, separationTexts()),
      allPairs: (path) => {
        void vscode.commands.executeCommand("eigenlens.compareLabelPairs", sourceUri(path));
      },
    },
    chosenPaths(clicked, all),
  );
  if (pair) await runPair(context, pair);
}

/** Makes a new run of the same sources and options as a stored one. */
export async function runAgain(context: CommandContext, { runId }: RunEntry): Promise<void> {
  const document = await context.store.read(runId);
  await checkKept(document);
  await context.runner.run(runRequest(document));
}

/** Makes a view's run again, in the same panel. */
export async function rerunIn(context: CommandContext, view: RunPanel): Promise<void> {
  await checkShown(view);
  await context.runner.run(requestOf(view), view);
}

async function checkShown({ shown }: RunPanel): Promise<void> {
  if (shown) await checkKept(shown.stored.record);
}

/** Runs a pair with the settings' options, and remembers it for "repeat". */
export async function runPair(context: CommandContext, pair: ConditionPair): Promise<void> {
  const settings = vscode.workspace.getConfiguration("eigenlens", sourceUri(pair.target.path));
  const options = optionsFromSettings((key) => settings.get(key));
  await rememberChoice(context, pair);
  await context.runner.run({ ...pair, options });
}

/** Runs once what the environment names: "target path, line feed, reference path". */
export async function runFromEnvironment(context: CommandContext, value: string): Promise<void> {
  const [target, reference] = value.split("\n").map((path) => path.trim());
  if (!target || !reference) {
    throw new EigenlensError(
      "usage",
      "EIGENLENS_AUTORUN names no two files: give the target's path, a line feed, the reference's path.",
    );
  }
  await runPair(context, namedPair({ path: target }, { path: reference }));
}

function activeView({ panels }: CommandContext): RunPanel {
  const view = panels.views.active;
  if (view) return view;
  throw new EigenlensError(
    "usage",
    vscode.l10n.t("No result panel is open: run a separation, or open a past run."),
  );
}

function requestOf(view: RunPanel) {
  const { request } = view;
  if (request) return request;
  throw new EigenlensError("usage", vscode.l10n.t("This panel shows no run: open one from Runs."));
}

function isComputing(node: unknown): node is { run: { cancel(): void } } {
  return typeof node === "object" && node !== null && "kind" in node && node.kind === "computing";
}
