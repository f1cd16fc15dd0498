import type * as vscode from "vscode";
import type { TemporaryFolders } from "../../src/notebook/temporaryFolders.ts";
import type { HeaderCache } from "../activations/headerCache.ts";
import type { TensorReadings } from "../activations/tensorReadings.ts";
import type { EngineClient } from "../engine/engineClient.ts";
import type { Log } from "../messages/log.ts";
import type { PanelServices } from "../panels/panelServices.ts";
import type { ActiveRuns } from "../runs/activeRuns.ts";
import type { RunStore } from "../runs/runStore.ts";
import type { Runner } from "../runs/separationRunner.ts";
import type { ActivationsTree } from "../views/activationsTree.ts";
import type { MarkStore } from "../views/markStore.ts";
import type { RunsTree } from "../views/runsTree.ts";

/** Everything that commands act upon. */
export interface CommandContext {
  readonly extension: vscode.ExtensionContext;
  readonly log: Log;
  readonly engine: EngineClient;
  readonly headers: HeaderCache;
  readonly readings: TensorReadings;
  readonly store: RunStore;
  readonly active: ActiveRuns;
  readonly runner: Runner;
  readonly panels: PanelServices;
  readonly activations: ActivationsTree;
  readonly runs: RunsTree;
  readonly marks: MarkStore;
  /** Copies of a notebook's variables. */
  readonly notebookFolders: TemporaryFolders;
}
