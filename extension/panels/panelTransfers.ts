import * as vscode from "vscode";
import type { Progress } from "../../src/protocol/engine.ts";
import type { HostToPanel } from "../../src/protocol/panel.ts";
import type { TransferRequest } from "../../src/protocol/transfer.ts";
import { summaryTitle } from "../runs/runEntry.ts";
import type { PanelServices } from "./panelServices.ts";
import type { ShownRun } from "../runs/shownRun.ts";

/** The transfers of the run that one panel shows: those kept with it, and one that is being made. */
export class PanelTransfers {
  readonly #services: PanelServices;
  readonly #post: (message: HostToPanel) => void;
  #run: ShownRun | undefined;
  #running: AbortController | undefined;
  #progress: Progress | undefined;
  /** Set if the webview has not been there yet to bring a transfer into view. */
  #reveal = false;
  #ready = false;

  constructor(services: PanelServices, post: (message: HostToPanel) => void) {
    this.#services = services;
    this.#post = post;
  }

  /** Another run is shown, or none: a transfer of the one before ends. */
  show(run: ShownRun | undefined): void {
    this.cancel();
    this.#running = undefined;
    this.#progress = undefined;
    this.#reveal = false;
    this.#run = run;
    this.#tell();
  }

  cancel(): void {
    this.#running?.abort();
  }

  /** To a webview that has just begun. */
  send(): void {
    this.#ready = true;
    this.#tell();
  }

  /**
   * Tries the run's directions on other files; a transfer that is under way ends.
   * @throws EigenlensError as the engine does; "cancelled" if it was stopped
   */
  async transfer(run: ShownRun, request: TransferRequest): Promise<void> {
    this.cancel();
    const running = new AbortController();
    this.#running = running;
    const tell = (progress: Progress | undefined) => {
      if (this.#running !== running) return;
      this.#progress = progress;
      this.#tell();
    };
    this.#reveal = true;
    tell({ step: vscode.l10n.t("Starting") });
    try {
      await this.#services.computing(
        vscode.l10n.t("Transferring {0}", summaryTitle(run.view.summary)),
        (onProgress) =>
          run.transfer(request, running.signal, (progress) => {
            tell(progress);
            onProgress(progress);
          }),
        () => running.abort(),
      );
      this.#reveal = this.#running === running;
    } finally {
      tell(undefined);
      if (this.#running === running) this.#running = undefined;
    }
  }

  async remove(run: ShownRun, created: string): Promise<void> {
    await run.removeTransfer(created);
    if (this.#run === run) this.#tell();
  }

  #tell(): void {
    const run = this.#run;
    if (!run) return;
    this.#post({
      kind: "transfers",
      transfers: run.transfers,
      kept: run.keepsTransfers,
      reveal: this.#reveal,
      ...(this.#progress ? { progress: this.#progress } : {}),
    });
    if (this.#ready) this.#reveal = false;
  }
}
