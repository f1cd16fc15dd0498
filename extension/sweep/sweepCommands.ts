import * as vscode from "vscode";
import { EigenlensError } from "../../src/errors.ts";
import type { LayerPair } from "../../src/conditions/naming/pairLayers.ts";
import { holdsOneTensor } from "../activations/fileTypes.ts";
import { shortenPath, sourcePath } from "../activations/sourcePath.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import { chosenPaths } from "../commands/chosenPaths.ts";
import type { CommandAction } from "../commands/register.ts";
import { runPair } from "../commands/runCommands.ts";
import { chooseOne } from "../messages/choice.ts";
import { createPanel } from "../messages/panelTitle.ts";
import { readSweepState } from "../webviews/readSweepState.ts";
import { SweepPanel, sweepPanelType } from "./sweepPanel.ts";
import { placeOf, placesOf } from "./sweepView.ts";

export const sweepCommands: Readonly<Record<string, CommandAction>> = {
  async sweepLayers(context, clicked, all) {
    const paths = chosenPaths(clicked, all);
    const files = (await context.activations.files()).files.map(sourcePath);
    const chosen = paths.length > 0 ? paths : await chooseFiles(files);
    if (!chosen) return;
    const pairs = await context.engine.calls.layers({ paths: withSiblings(chosen, files) });
    if (pairs.length < 2) {
      throw new EigenlensError(
        "condition",
        vscode.l10n.t(
          "{0} holds no two layers with both conditions: name tensors or files like blocks.6.mlp.him and blocks.6.mlp.her.",
          chosen.map(shortenPath).join(", "),
        ),
      );
    }
    const swept = await choosePlace(pairs);
    if (!swept) return;
    const panel = createPanel(sweepPanelType, "");
    await new SweepPanel(context, panel, { pairs: swept }, (pair) =>
      runPair(context, pair),
    ).sweep();
  },
};

/** Brings a sweep panel back after a window reload, with what it had found. */
export function sweepSerializer(context: CommandContext): vscode.WebviewPanelSerializer {
  return {
    deserializeWebviewPanel(panel, state: unknown): Promise<void> {
      const view = readSweepState(state);
      if (view === undefined) panel.dispose();
      else new SweepPanel(context, panel, { view }, (pair) => runPair(context, pair));
      return Promise.resolve();
    },
  };
}

/** Files with one matrix each are one layer of several: the others lie beside them. */
function withSiblings(chosen: readonly string[], files: readonly string[]): string[] {
  const folder = (path: string) => path.replace(/[\\/][^\\/]*$/, "");
  const ending = (path: string) => path.replace(/^.*\./, "");
  const beside = files.filter((file) =>
    chosen.some(
      (path) =>
        holdsOneTensor(path) && folder(path) === folder(file) && ending(path) === ending(file),
    ),
  );
  return [...new Set([...chosen, ...beside])];
}

async function chooseFiles(files: readonly string[]): Promise<string[] | undefined> {
  const containers = files.filter((path) => !holdsOneTensor(path));
  const numbered = files.filter((path) => holdsOneTensor(path) && /\d[^/\\]*$/.test(path));
  const items = [
    ...containers.map((path) => ({ label: shortenPath(path), paths: [path] })),
    ...(numbered.length > 1
      ? [
          {
            label: vscode.l10n.t("{0} files with a number in their name", numbered.length),
            paths: numbered,
          },
        ]
      : []),
  ];
  const picked = await chooseOne(items, {
    title: vscode.l10n.t("Sweep Layers"),
    placeholder:
      items.length === 0
        ? vscode.l10n.t("No file with several tensors was found in this workspace")
        : vscode.l10n.t("A file with both conditions at several layers"),
  });
  return picked?.paths;
}

/** Where layers were recorded in several places, one of them is swept. */
async function choosePlace(pairs: readonly LayerPair[]): Promise<readonly LayerPair[] | undefined> {
  const places = placesOf(pairs);
  if (places.length === 1) return pairs;
  const picked = await chooseOne(
    places.map((place) => ({
      label: place,
      place,
      description: vscode.l10n.t(
        "{0} layers",
        pairs.filter((pair) => placeOf(pair) === place).length,
      ),
    })),
    { title: vscode.l10n.t("Sweep Layers"), placeholder: vscode.l10n.t("Where in the layers") },
  );
  return picked && pairs.filter((pair) => placeOf(pair) === picked.place);
}
