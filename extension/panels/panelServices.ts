import type * as vscode from "vscode";
import type { SourceRemedy } from "../../src/errors.ts";
import type { Progress } from "../../src/protocol/engine.ts";
import type { PanelCommand, PanelToHost } from "../../src/protocol/panel.ts";
import type { EngineLog } from "../../src/engine/channel/workerChannel.ts";
import type { StatSource } from "../runList/sourceStamps.ts";
import type { SteeringServices } from "../steering/steeringServices.ts";
import type { SelectionHub } from "../selectionHub.ts";
import type { ResultViews } from "./resultViews.ts";
import type { RunPanel } from "../runs/runPanel.ts";
import type { ShownRun } from "../runs/shownRun.ts";

/** What a result panel needs of the rest of the extension. */
export interface PanelServices {
  readonly log: EngineLog;
  readonly views: ResultViews;
  readonly selection: SelectionHub;
  readonly stat: StatSource;
  readonly steering: SteeringServices;
  /** The path below its workspace folder. */
  readonly shorten: (path: string) => string;
  readonly icon: vscode.Uri;
  /** Of the extension itself. */
  readonly extensionUri: vscode.Uri;
  /** Makes the panel's run again in the same panel. */
  rerun(view: RunPanel): Promise<void>;
  /** Makes the panel's failed run again, changed as the remedy says. */
  remedy(view: RunPanel, remedy: SourceRemedy): Promise<void>;
  /** Asks for other files on which to try the directions of the panel's run, and tries them there. */
  transfer(view: RunPanel): Promise<void>;
  command(command: PanelCommand): Promise<void>;
  exportRun(run: ShownRun, request: Extract<PanelToHost, { kind: "export" }>): Promise<void>;
  /** Shows a long computation in the window's progress while it lasts. */
  computing<T>(
    title: string,
    work: (onProgress: (progress: Progress) => void) => Promise<T>,
    cancel: () => void,
  ): Promise<T>;
  /** A stored run's entry changed. */
  runChanged(): void;
}
