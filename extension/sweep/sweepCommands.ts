import * as vscode from "vscode";
import { EigenlensError } from "../../src/errors.ts";
import type { LayerPair } from "../../src/conditions/naming/pairLayers.ts";
import { shortenPath, sourcePath } from "../activations/sourcePath.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import { chosenPaths } from "../commands/choosing/chosenPaths.ts";
import type { CommandAction } from "../commands/register.ts";
import { chooseOne } from "../messages/choice.ts";
import { createPanel } from "../messages/panelTitle.ts";
import { showProgress } from "../messages/progress.ts";
import { sweepPanelType } from "../panels/panelTypes.ts";
import { readSweepState } from "../webviews/readSweepState.ts";
import { layerSources, withSiblings, type LayerSource } from "./layerSources.ts";
import { sweepPanel } from "./sweepPanel.ts";
import { placeOf, placesOf } from "./sweepView.ts";

export const sweepCommands: Readonly<Record<string, CommandAction>> = {
  async sweepLayers(context, clicked, all) {
    const paths = chosenPaths(clicked, all);
    const files = (await context.activations.files()).files.map(sourcePath);
    const pairs =
      paths.length > 0
        ? await context.engine.calls.layers({
            paths: withSiblings(paths, files),
            readings: context.readings.all,
          })
        : await chooseSource(context, files);
    if (!pairs) return;
    if (pairs.length < 2) {
      throw new EigenlensError(
        "condition",
        vscode.l10n.t(
          "{0} holds no two layers with both conditions: name tensors or files like blocks.6.mlp.him and blocks.6.mlp.her.",
          paths.map(shortenPath).join(", "),
        ),
      );
    }
    const swept = await choosePlace(pairs);
    if (!swept) return;
    const panel = createPanel(sweepPanelType, "");
    await sweepPanel(context, panel, { pairs: swept }).compute();
  },
};

/** Brings a sweep panel back after a window reload, with what it had found. */
export function sweepSerializer(context: CommandContext): vscode.WebviewPanelSerializer {
  return {
    deserializeWebviewPanel(panel, state: unknown): Promise<void> {
      const view = readSweepState(state);
      if (view === undefined) panel.dispose();
      else sweepPanel(context, panel, { view });
      return Promise.resolve();
    },
  };
}

/** Offers what holds layers, and says how many of which conditions. */
async function chooseSource(
  context: CommandContext,
  files: readonly string[],
): Promise<readonly LayerPair[] | undefined> {
  const sources = await showProgress(
    { where: "statusBar", title: vscode.l10n.t("Looking for layers") },
    () =>
      layerSources(files, (paths) =>
        context.engine.calls.layers({ paths, readings: context.readings.all }),
      ),
  );
  if (sources.length === 0) {
    throw new EigenlensError(
      "condition",
      vscode.l10n.t(
        "No file of this workspace holds two layers with both conditions: name tensors or files like blocks.6.mlp.him and blocks.6.mlp.her.",
      ),
    );
  }
  const items = sources.map((source) => ({
    label: labelOf(source),
    description: describeSource(source),
    pairs: source.pairs,
  }));
  const picked = await chooseOne(items, {
    title: vscode.l10n.t("Sweep Layers"),
    placeholder: vscode.l10n.t("Both conditions at several layers"),
  });
  return picked?.pairs;
}

function labelOf({ paths }: LayerSource): string {
  const [first] = paths;
  if (first === undefined) return "";
  return paths.length === 1
    ? shortenPath(first)
    : vscode.l10n.t("{0} and {1} more files", shortenPath(first), paths.length - 1);
}

function describeSource({ pairs }: LayerSource): string {
  const [first] = pairs;
  if (first === undefined) return "";
  const layers = new Set(pairs.map(({ layer }) => layer)).size;
  return vscode.l10n.t("{0} layers, {1} / {2}", layers, first.target.name, first.reference.name);
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
