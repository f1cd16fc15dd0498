import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { ConditionSource } from "../../src/conditions/condition.ts";
import { runScript } from "../../src/engine/moments/runScript.ts";
import { defaultValidationOptions } from "../../src/ged/validation/options.ts";
import { shortenPath, sourceUri } from "../activations/sourcePath.ts";
import { chooseConditions } from "../commands/choosing/chooseConditions.ts";
import { chosenPaths } from "../commands/choosing/chosenPaths.ts";
import { choiceServices } from "../commands/choiceServices.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import { namedPair, type ConditionPair } from "../commands/conditionPair.ts";
import type { CommandAction } from "../commands/register.ts";
import { runPair } from "../commands/runCommands.ts";
import { askForSavePlace } from "../messages/fileDialog.ts";
import { showInformation } from "../messages/notify.ts";
import { pythonFromSettings } from "../settings.ts";
import { chooseCluster } from "./chooseCluster.ts";
import { copyMomentsScript } from "./copyScript.ts";
import { runMomentsTask } from "./momentsTask.ts";
import { momentsTexts } from "./momentsTexts.ts";

export const momentsCommands: Readonly<Record<string, CommandAction>> = {
  /** Sums the moments of two conditions with the user's Python, as a task, and offers their run. */
  async computeMoments(context, clicked, all) {
    const services = choiceServices(context, momentsTexts());
    const pair = await chooseConditions(services, chosenPaths(clicked, all));
    if (!pair) return;
    const cluster = await chooseCluster(context.extension.workspaceState);
    if (!cluster) return;
    const place = await askForSavePlace({
      title: momentsTexts().title,
      // Dialogs look at what follows the last dot, and would put a longer ending behind itself.
      filters: { [vscode.l10n.t("Moments")]: ["safetensors"] },
      defaultUri: vscode.Uri.joinPath(sourceUri(pair.target.path), "..", fileName(pair)),
    });
    if (!place) return;
    const out = place.fsPath.replace(/(\.moments)?(\.safetensors)?$/i, ".moments.safetensors");
    await sum(context, pair, cluster, out);
    const run = vscode.l10n.t("Run Separation");
    const pressed = await showInformation(
      vscode.l10n.t("{0} holds the moments of both conditions.", shortenPath(out)),
      run,
    );
    if (pressed !== run) return;
    const [target, reference] = names(pair);
    await runPair(
      context,
      namedPair({ path: out, tensor: target }, { path: out, tensor: reference }),
    );
  },

  copyMomentsScript: ({ extension }) => copyMomentsScript(extension.asAbsolutePath("python")),
};

async function sum(
  context: CommandContext,
  pair: ConditionPair,
  cluster: { readonly scheduler?: string },
  out: string,
): Promise<void> {
  const settings = vscode.workspace.getConfiguration("eigenlens");
  const python = pythonFromSettings((key) => settings.get(key));
  const script = context.extension.asAbsolutePath(join("python", "eigenlens_dask.py"));
  // Said before anything is read: no Python, or one without Dask.
  await runScript(python, script, ["--check"], () => undefined);
  const folder = await mkdtemp(join(tmpdir(), "eigenlens-cluster-"));
  try {
    const { folds, seed } = defaultValidationOptions;
    const [target, reference] = names(pair);
    const conditions = [
      { name: target, source: pair.target },
      { name: reference, source: pair.reference },
    ];
    // Without groups there would be no p.
    const request = { conditions, folds, seed, out, groups: "auto" as const };
    const words = await context.engine.calls.prepareCluster({ request, cluster, folder });
    await runMomentsTask(python, [script, ...words], join(folder, "progress.json"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As the document will call the two: its words are split at the first `=`. */
function names({ target, reference }: ConditionPair): readonly [string, string] {
  const plain = ({ name }: ConditionSource, other: string) =>
    (name ?? other).replace(/[=#[\]]/g, "_");
  const [first, second] = [plain(target, "target"), plain(reference, "reference")];
  return first === second ? [`${first}_1`, `${second}_2`] : [first, second];
}

function fileName(pair: ConditionPair): string {
  const text = names(pair)
    .join("-")
    .replace(/[^\w.-]/g, "_")
    .slice(0, 100);
  return `${text}.moments.safetensors`;
}
