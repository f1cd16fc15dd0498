import * as vscode from "vscode";
import { shortSource } from "../../src/conditions/naming/describeSource.ts";
import { EigenlensError } from "../../src/errors.ts";
import type { LabelColumn } from "../../src/protocol/pairs.ts";
import { shortenPath } from "../activations/sourcePath.ts";
import { activationPaths } from "../commands/choiceServices.ts";
import { chooseToken } from "../commands/choosing/chooseToken.ts";
import { chosenSources } from "../commands/choosing/chosenPaths.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import type { CommandAction } from "../commands/register.ts";
import { chooseOne } from "../messages/choice.ts";
import { createPanel } from "../messages/panelTitle.ts";
import { showProgress } from "../messages/progress.ts";
import { pairsPanelType } from "../panels/panelTypes.ts";
import { readPairsState } from "../webviews/readPairsState.ts";
import { findColumns, withinFolders } from "./labelColumns.ts";
import { pairsPanel } from "./pairsPanel.ts";

export const pairsCommands: Readonly<Record<string, CommandAction>> = {
  async compareLabelPairs(context, clicked, all) {
    const chosen = await chooseColumn(context, clicked, all);
    const settled = chosen && (await withToken(chosen));
    if (!settled) return;
    const { source, column } = settled;
    const { labels } = await context.engine.calls.labelPairs({ source, column });
    const panel = createPanel(pairsPanelType, "");
    await pairsPanel(context, panel, { source, column, labels }).compute();
  },
};

/** Brings a matrix of pairs back after a window reload, with what it had found. */
export function pairsSerializer(context: CommandContext): vscode.WebviewPanelSerializer {
  return {
    deserializeWebviewPanel(panel, state: unknown): Promise<void> {
      const view = readPairsState(state);
      if (view === undefined) panel.dispose();
      else pairsPanel(context, panel, { view });
      return Promise.resolve();
    },
  };
}

/** The only column of what was clicked, or the one that the user picks. */
async function chooseColumn(
  context: CommandContext,
  clicked: unknown,
  all: unknown,
): Promise<LabelColumn | undefined> {
  const { calls } = context.engine;
  const files = await activationPaths(context);
  const chosen = chosenSources(clicked, all);
  const sources = withinFolders(chosen, files);
  const isChosen = sources.length === 1;
  const { fitting, tooMany } = await showProgress(
    { where: "statusBar", title: vscode.l10n.t("Looking for labels") },
    () =>
      findColumns(
        chosen.length > 0 ? sources : files.map((path) => ({ path })),
        (path) => calls.labelColumns({ path, readings: context.readings.all }),
        isChosen,
      ),
  );
  const [only, another] = fitting;
  if (only === undefined) {
    const [first] = tooMany;
    // Its line says how many labels are too many.
    if (first && chosen.length > 0) await calls.labelPairs(first);
    throw new EigenlensError(
      "condition",
      chosen.length > 0
        ? vscode.l10n.t(
            "{0} has no column with three labels or more: put the labels into a vector or column beside the rows.",
            chosen.map(({ path }) => shortenPath(path)).join(", "),
          )
        : vscode.l10n.t(
            "No file of this workspace has a column with three to twenty labels: put the labels into a vector or column beside the rows.",
          ),
    );
  }
  if (chosen.length > 0 && another === undefined) return only;
  const picked = await chooseOne(fitting.map(columnItem), {
    title: vscode.l10n.t("Compare All Label Pairs"),
    placeholder: vscode.l10n.t("The column whose labels are compared, each with each"),
    matchOnDescription: true,
  });
  return picked?.found;
}

function columnItem(found: LabelColumn) {
  const { source, column, count, rows, labels } = found;
  const names = labels.join(", ");
  return {
    label: `${shortSource(source)} · ${column}`,
    description: vscode.l10n.t("{0} labels, {1} rows", count, rows),
    detail: labels.length < count ? `${names}, …` : names,
    found,
  };
}

/** With the token of each row, if rows have several. */
async function withToken(found: LabelColumn): Promise<LabelColumn | undefined> {
  if (found.tokens === undefined) return found;
  const title = vscode.l10n.t("Compare All Label Pairs");
  const token = await chooseToken(title, { number: 1, canGoBack: false }, found.tokens);
  if (token === undefined || token === "back") return undefined;
  return { ...found, source: { ...found.source, token } };
}
