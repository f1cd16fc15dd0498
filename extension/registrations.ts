import * as vscode from "vscode";
import { toolNames } from "../src/protocol/tools.ts";
import { tellInstalled } from "./accelerator/tellInstalled.ts";
import type { CommandContext } from "./commands/commandContext.ts";
import { tellLastChoice } from "./commands/choosing/lastChoice.ts";
import { registerCommands } from "./commands/register.ts";
import { laterEditor, laterSerializer, laterView } from "./panels/laterPanels.ts";
import {
  activationFileType,
  comparisonPanelType,
  inspectorType,
  pairsPanelType,
  resultPanelType,
  runDocumentType,
  sweepPanelType,
} from "./panels/panelTypes.ts";
import { onDemand, type OnDemand } from "./onDemand.ts";
import { EngineTool } from "./tool/engineTool.ts";
import { offerServer } from "./tool/serverDefinition.ts";
import { RoleDecorations } from "./views/roleDecorations.ts";
import { watchActivations } from "./views/watchActivations.ts";

/** Tells VS Code of every command, view, editor and panel. */
export function registerAll(context: CommandContext): void {
  const { extension, panels, engine, store } = context;
  registerCommands(context, async () => (await onDemand()).commands);
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
      inspectorType,
      laterView(
        async () =>
          new (await onDemand()).InspectorViewProvider({
            log: context.log,
            selection: panels.selection,
            extensionUri: extension.extensionUri,
            command: (command) => panels.command(command),
          }),
      ),
    ),
    serialized(
      resultPanelType,
      ({ ResultPanelSerializer }) => new ResultPanelSerializer(panels, engine, store),
    ),
    serialized(sweepPanelType, ({ sweepSerializer }) => sweepSerializer(context)),
    serialized(pairsPanelType, ({ pairsSerializer }) => pairsSerializer(context)),
    serialized(comparisonPanelType, ({ comparisonSerializer }) => comparisonSerializer(context)),
    vscode.window.registerCustomEditorProvider(
      runDocumentType,
      laterEditor(async () => new (await onDemand()).RunDocumentEditor(panels, engine)),
      { supportsMultipleEditorsPerDocument: true },
    ),
    vscode.window.registerCustomEditorProvider(
      activationFileType,
      laterEditor(async () => {
        const { ActivationFileEditor } = await onDemand();
        return new ActivationFileEditor(context, extension.extensionUri);
      }),
    ),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("eigenlens.tensorflowPath")) engine.restart();
    }),
    ...toolNames.map((name) => vscode.lm.registerTool(name, new EngineTool(name, context))),
    ...offerServer(extension),
    watchActivations(context.activations, context.headers),
  );
}

function serialized(
  type: string,
  make: (parts: OnDemand) => vscode.WebviewPanelSerializer,
): vscode.Disposable {
  const serializer = laterSerializer(async () => make(await onDemand()));
  return vscode.window.registerWebviewPanelSerializer(type, serializer);
}
