import { availableParallelism } from "node:os";
import * as vscode from "vscode";
import { join } from "node:path";
import { TemporaryFolders } from "../src/notebook/temporaryFolders.ts";
import type { PanelCommand } from "../src/protocol/panel.ts";
import { tensorflowFolders } from "./accelerator/acceleratorFolders.ts";
import { shortenPath } from "./activations/sourcePath.ts";
import { HeaderCache } from "./activations/headerCache.ts";
import { TensorReadings } from "./activations/tensorReadings.ts";
import type { CommandContext } from "./commands/commandContext.ts";
import { editorFiles } from "./engine/editorFiles.ts";
import { EngineClient } from "./engine/engineClient.ts";
import { logFailure } from "./logFailure.ts";
import { createLog } from "./messages/log.ts";
import { openSettings } from "./messages/openSettings.ts";
import { onDemand } from "./onDemand.ts";
import type { PanelServices } from "./panels/panelServices.ts";
import { ResultViews } from "./panels/resultViews.ts";
import { ActiveRuns } from "./runs/activeRuns.ts";
import { laterRunner } from "./runs/laterRunner.ts";
import { offerRemoved } from "./runs/runNotices.ts";
import { RunStore } from "./runs/runStore.ts";
import { statSource } from "./runs/statSource.ts";
import { runStorageLimit } from "./settings.ts";
import { steeringServices } from "./steering/steeringServices.ts";
import { SelectionHub } from "./selectionHub.ts";
import { ActivationsTree } from "./views/activationsTree.ts";
import { MarkStore } from "./views/markStore.ts";
import { RunsTree } from "./views/runsTree.ts";

/** Makes the extension's parts and ties them together; nothing is read or started yet. */
export function createContext(extension: vscode.ExtensionContext): CommandContext {
  const log = createLog("Eigenlens");
  const engine = new EngineClient({
    workerPath: extension.asAbsolutePath(join("dist", "worker.js")),
    log,
    files: editorFiles(log),
    workerData: () => ({
      tensorflowFolders: tensorflowFolders(
        vscode.workspace.getConfiguration("eigenlens").get("tensorflowPath", ""),
        extension.globalStorageUri.fsPath,
        extension.extensionPath,
      ),
    }),
  });
  const storage = extension.storageUri ?? extension.globalStorageUri;
  const limit = () =>
    runStorageLimit((key) => vscode.workspace.getConfiguration("eigenlens").get(key));
  const store: RunStore = new RunStore(
    join(storage.fsPath, "runs"),
    (message) => log.warn(message),
    {
      document: (path) => engine.calls.readDocument({ path }),
      record: (path) => engine.calls.readRecord({ path }),
    },
    {
      bytes: limit,
      removed: (removed) =>
        void offerRemoved(removed, store, limit(), () => openSettings(extension.extension.id))
          .then(() => runs.refresh())
          .catch((thrown: unknown) => logFailure(log, thrown)),
    },
  );
  const readings = new TensorReadings();
  const headers = new HeaderCache((path) => engine.calls.inspect({ path, readings: readings.all }));
  const active = new ActiveRuns();
  const runs = new RunsTree(store, active, statSource);
  const panels: PanelServices = {
    log,
    views: new ResultViews(),
    selection: new SelectionHub(),
    stat: statSource,
    steering: steeringServices(engine, extension.workspaceState, onDemand),
    shorten: shortenPath,
    icon: vscode.Uri.joinPath(extension.extensionUri, "extension", "media", "panel.svg"),
    extensionUri: extension.extensionUri,
    rerun: async (view) => (await onDemand()).rerunIn(context, view),
    remedy: async (view, remedy) => (await onDemand()).remedyIn(context, view, remedy),
    transfer: async (view) => (await onDemand()).transferIn(context, view),
    command: (command) => runPanelCommand(command, extension.extension.id),
    exportRun: async (run, request) => (await onDemand()).exportRun(run, request, extension),
    computing: (title, work, cancel) => active.track(title, work, { cancel, visible: () => true }),
    runChanged: () => runs.refresh(),
  };
  const runner = laterRunner(async () => {
    const { SeparationRunner, newResultView } = await onDemand();
    return new SeparationRunner({
      engine,
      store,
      log,
      active,
      newView: (title) => newResultView(title, panels),
      runChanged: () => runs.refresh(),
      validationLimit: () => {
        const settings = vscode.workspace.getConfiguration("eigenlens");
        return settings.get("validation") === "onDemand"
          ? undefined
          : { seconds: settings.get("validationSeconds", 120), processors: availableParallelism() };
      },
    });
  });
  const context: CommandContext = {
    extension,
    log,
    engine,
    headers,
    readings,
    store,
    active,
    runner,
    panels,
    activations: new ActivationsTree(headers, (folders) => engine.calls.containers({ folders })),
    runs,
    marks: new MarkStore(extension.workspaceState),
    notebookFolders: new TemporaryFolders(join(extension.globalStorageUri.fsPath, "notebook")),
  };
  extension.subscriptions.push(log, active, context.notebookFolders, {
    dispose: () => void engine.dispose(),
  });
  return context;
}

async function runPanelCommand(command: PanelCommand, extensionId: string): Promise<void> {
  switch (command) {
    case "run":
      await vscode.commands.executeCommand("eigenlens.runSeparation");
      break;
    case "showLog":
      await vscode.commands.executeCommand("eigenlens.showLog");
      break;
    case "openWalkthrough":
      await vscode.commands.executeCommand("eigenlens.openWalkthrough");
      break;
    case "copyPython":
      await vscode.commands.executeCommand("eigenlens.copyPython");
      break;
    case "openSettings":
      await openSettings(extensionId);
      break;
    default:
      command satisfies never;
  }
}
