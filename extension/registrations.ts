import * as vscode from "vscode";
import { toolNames } from "../src/protocol/tools.ts";
import { acceleratorCommands, tellInstalled } from "./accelerator/acceleratorCommands.ts";
import { captureCommands } from "./capture/captureCommands.ts";
import { axesCommand } from "./commands/axesCommand.ts";
import type { CommandContext } from "./commands/commandContext.ts";
import { helpCommands } from "./commands/helpCommands.ts";
import { tellLastChoice } from "./commands/choosing/lastChoice.ts";
import { markCommands } from "./commands/markCommands.ts";
import { registerCommands } from "./commands/register.ts";
import { repeatCommands } from "./commands/repeatCommands.ts";
import { runCommands } from "./commands/runCommands.ts";
import { exportCommands } from "./commands/exportCommands.ts";
import { runListCommands } from "./commands/runListCommands.ts";
import { transferCommands } from "./commands/transferCommands.ts";
import { ActivationFileEditor } from "./file/activationFileEditor.ts";
import { ResultPanelSerializer, resultPanelType } from "./panels/resultPanelSerializer.ts";
import { RunDocumentEditor } from "./panels/runDocumentEditor.ts";
import { webviewBundle } from "./panels/webviewBundle.ts";
import { comparisonCommands, comparisonSerializer } from "./comparison/comparisonCommands.ts";
import { comparisonPanelType } from "./comparison/comparisonPanel.ts";
import { pairsCommands, pairsSerializer } from "./pairs/pairsCommands.ts";
import { pairsPanelType } from "./pairs/pairsPanel.ts";
import { notebookCommands } from "./notebook/notebookCommands.ts";
import { provenanceCommands } from "./provenance/describeCapture.ts";
import { momentsCommands } from "./moments/momentsCommands.ts";
import { sweepCommands, sweepSerializer } from "./sweep/sweepCommands.ts";
import { sweepPanelType } from "./sweep/sweepPanel.ts";
import { manageCommands } from "./runList/manageCommands.ts";
import { sourceCommands } from "./runList/sourceCommands.ts";
import { EngineTool } from "./tool/engineTool.ts";
import { offerServer } from "./tool/serverDefinition.ts";
import { InspectorViewProvider } from "./views/inspectorView.ts";
import { RoleDecorations } from "./views/roleDecorations.ts";
import { watchActivations } from "./views/watchActivations.ts";

/** Tells VS Code of every command, view, editor and panel. */
export function registerAll(context: CommandContext): void {
  const { extension, panels, engine, store } = context;
  for (const commands of [
    runCommands,
    sourceCommands,
    manageCommands,
    runListCommands,
    exportCommands,
    transferCommands,
    repeatCommands,
    markCommands,
    helpCommands,
    sweepCommands,
    pairsCommands,
    comparisonCommands,
    acceleratorCommands,
    captureCommands,
    momentsCommands,
    axesCommand,
    provenanceCommands,
    notebookCommands,
  ]) {
    registerCommands(context, commands);
  }
  void context.notebookFolders.sweep();
  void tellInstalled(context);
  void tellLastChoice(context);
  const decorations = new RoleDecorations(() => context.marks.marks);
  context.marks.onDidChange(() => {
    decorations.refresh();
    context.activations.redraw();
  });
  context.readings.onDidChange((path) => {
    context.headers.forget(path);
    context.activations.redraw();
  });
  const inspector = webviewBundle(extension.extensionUri, "inspector", "Inspector");
  const activations = vscode.window.createTreeView("eigenlens.activations", {
    treeDataProvider: context.activations,
    showCollapseAll: true,
    canSelectMany: true,
  });
  context.activations.showIn(activations);
  const runs = vscode.window.createTreeView("eigenlens.runs", {
    treeDataProvider: context.runs,
    canSelectMany: true,
  });
  context.runs.showIn(runs);
  extension.subscriptions.push(
    activations,
    runs,
    vscode.window.registerFileDecorationProvider(decorations),
    vscode.window.registerWebviewViewProvider(
      InspectorViewProvider.viewType,
      new InspectorViewProvider({
        log: context.log,
        selection: panels.selection,
        webviewOptions: inspector.options,
        page: inspector.page,
        command: (command) => panels.command(command),
      }),
    ),
    vscode.window.registerWebviewPanelSerializer(
      resultPanelType,
      new ResultPanelSerializer(panels, engine, store),
    ),
    vscode.window.registerCustomEditorProvider(
      RunDocumentEditor.viewType,
      new RunDocumentEditor(panels, engine),
      { supportsMultipleEditorsPerDocument: true },
    ),
    vscode.window.registerWebviewPanelSerializer(sweepPanelType, sweepSerializer(context)),
    vscode.window.registerWebviewPanelSerializer(pairsPanelType, pairsSerializer(context)),
    vscode.window.registerWebviewPanelSerializer(
      comparisonPanelType,
      comparisonSerializer(context),
    ),
    vscode.window.registerCustomEditorProvider(
      ActivationFileEditor.viewType,
      new ActivationFileEditor(context, extension.extensionUri),
    ),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("eigenlens.tensorflowPath")) engine.restart();
    }),
    ...toolNames.map((name) => vscode.lm.registerTool(name, new EngineTool(name, context))),
    ...offerServer(extension),
    watchActivations(context.activations, context.headers),
  );
}
