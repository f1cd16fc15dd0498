import type { DescribedError } from "../../src/errors.ts";
import type { PanelState } from "../../src/protocol/panel.ts";
import type { RunRequest } from "../../src/protocol/engine.ts";
import type { ValidationOptions } from "../../src/ged/validation/options.ts";
import type { TransferRequest } from "../../src/protocol/transfer.ts";
import type { ShownRun } from "./shownRun.ts";

/** A place where a run is shown while it is made and afterwards, as those see it who make runs. */
export interface RunPanel {
  readonly shown: ShownRun | undefined;
  /** Whether the user is in it. */
  readonly active: boolean;
  readonly visible: boolean;
  readonly disposed: boolean;
  /** What "run again" runs: the run shown, or the one that failed. */
  readonly request: RunRequest | undefined;
  reveal(): void;
  /** Shows a run that is being made. @param cancel stops it */
  showComputing(title: string, request: RunRequest, cancel: () => void): void;
  /** Replaces the computing state's progress. */
  showProgress(
    title: string,
    progress: Extract<PanelState, { kind: "computing" }>["progress"],
  ): void;
  /** Says in one line why there is no run, with the remedy if there is one. */
  showFailed(title: string, failure: DescribedError): void;
  /** Shows a finished run in place of whatever was shown. */
  showRun(run: ShownRun): Promise<void>;
  /** Goes back to the run that was shown before a computation that brought none. */
  restore(): Promise<void>;
  /** Has another title; undefined for that of the run's conditions. */
  rename(name: string | undefined): void;
  /** One line in the panel, which goes on as it was. */
  showProblem(message: string): void;
  /** Validates what is shown, as the panel's own button does. */
  validate(options: ValidationOptions): void;
  /** Tries the directions of what is shown on other files. */
  transfer(request: TransferRequest): void;
  close(): void;
  /** Disposes of something when the panel is closed. */
  goesWith(what: { dispose(): unknown }): void;
}
