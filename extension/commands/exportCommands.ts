import * as vscode from "vscode";
import { EigenlensError } from "../../src/errors.ts";
import { addableDirections } from "../../src/exports/addedDirection.ts";
import { reproduceScript } from "../../src/exports/python/reproduceScript.ts";
import {
  addedSentences,
  steeringScript,
  type SteeringOptions,
} from "../../src/exports/python/steeringScript.ts";
import {
  refusedTools,
  steeringTools,
  supportedTool,
} from "../../src/exports/python/steeringTools.ts";
import type { ExportFormat } from "../../src/protocol/panel.ts";
import { chooseOne } from "../messages/choice.ts";
import { showInformation } from "../messages/notify.ts";
import { fileStem } from "../naming.ts";
import type { CaptureMemory } from "../notebook/knownCapture.ts";
import { describingCapture } from "../provenance/describeSources.ts";
import { exportedComponent, exportRun } from "../panels/runExporter.ts";
import type { ShownRun } from "../runs/shownRun.ts";
import { summaryTitle } from "../runs/runEntry.ts";
import type { CommandContext } from "./commandContext.ts";
import type { CommandAction } from "./register.ts";

export const exportCommands: Readonly<Record<string, CommandAction>> = {
  exportJson: (context) => exportShown(context, "json"),
  exportCsv: (context) => exportShown(context, "csv"),
  exportFilter: (context) => exportShown(context, "filterNpy"),
  exportDirection: (context) => exportShown(context, "direction"),
  exportControlVector: (context) => exportShown(context, "gguf"),
  exportReport: (context) => exportShown(context, "report"),
  exportNotebook: (context) => exportShown(context, "notebook"),

  async copyPython(context) {
    const { run, place } = shownComponent(context);
    const script = await pythonScript(run, place, context.extension);
    if (script === undefined) return;
    await vscode.env.clipboard.writeText(script);
    void showInformation(vscode.l10n.t("The script is on the clipboard."));
  },
};

/** The component last chosen in the panel that is in front. */
function shownComponent({ panels }: CommandContext) {
  const run = panels.views.active?.shown;
  if (!run) {
    throw new EigenlensError(
      "usage",
      vscode.l10n.t("No result panel is open: run a separation, or open a past run."),
    );
  }
  const selected = panels.selection.selected;
  const chosen = selected?.run === run ? selected.selection : undefined;
  const component = chosen?.kind === "component" ? chosen.index : (chosen?.component ?? 0);
  const direction = chosen?.direction ?? ("forward" as const);
  return { run, place: { solution: run.solution.choice, direction, component } };
}

async function exportShown(context: CommandContext, format: ExportFormat): Promise<void> {
  const { run, place } = shownComponent(context);
  await exportRun(run, { format, ...place }, context.extension);
}

/** Asks what the script is for, and for which library. @returns undefined if there is no choice */
async function pythonScript(
  run: ShownRun,
  place: ReturnType<typeof shownComponent>["place"],
  memory: CaptureMemory,
): Promise<string | undefined> {
  const title = vscode.l10n.t("Copy as Python");
  const kind = await chooseOne(kinds(), { title });
  if (!kind) return undefined;
  if (kind.use === "reproduce") {
    const { document } = await exportedComponent(run, place, memory);
    return reproduceScript(document, await run.fileRows());
  }
  const tool = await chooseOne(
    [...steeringTools, ...refusedTools].map((name) => ({ label: name, name })),
    {
      title,
      placeholder: vscode.l10n.t("The library that holds the model"),
      ignoreFocusOut: true,
    },
  );
  const name = fileStem(summaryTitle(run.stored.record.summary));
  if (!tool) return undefined;
  const options = { use: kind.use, added: kind.added, tool: supportedTool(tool.name), name };
  return describingCapture(run.stored.record.sources, memory, async () =>
    steeringScript(await exportedComponent(run, place, memory), options),
  );
}

interface Kind extends vscode.QuickPickItem {
  readonly use: SteeringOptions["use"] | "reproduce";
  readonly added: SteeringOptions["added"];
}

/** Each says what works for it, as measured on a causal language model. */
function kinds(): Kind[] {
  const difference = "mean-difference";
  return [
    {
      label: vscode.l10n.t("Reproduce the run"),
      detail: vscode.l10n.t("NumPy and SciPy, from the source files to the same numbers."),
      ...{ use: "reproduce", added: difference },
    },
    {
      label: vscode.l10n.t("Read with the filter"),
      detail: vscode.l10n.t("Its ratio of variances holds on unseen rows; it is no classifier."),
      ...{ use: "read", added: difference },
    },
    ...addableDirections.map((added): Kind => ({
      label: vscode.l10n.t("Add: {0}", added),
      detail: addedSentences[added],
      ...{ use: "add", added },
    })),
    {
      label: vscode.l10n.t("Erase by LEACE"),
      detail: vscode.l10n.t(
        "Of rank one: the means become one. Projecting out the filter would erase nothing.",
      ),
      ...{ use: "erase", added: difference },
    },
  ];
}
