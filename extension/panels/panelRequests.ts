import * as vscode from "vscode";
import type { SourceRemedy } from "../../src/errors.ts";
import type { HostToPanel, PanelToHost } from "../../src/protocol/panel.ts";
import type { Selection } from "../../src/protocol/selection.ts";
import { attempt } from "../attempt.ts";
import { checkKept } from "../runs/checkKept.ts";
import type { RunPanel } from "../runs/runPanel.ts";
import type { ShownRun } from "../runs/shownRun.ts";
import { readPanelMessage } from "../webviews/readPanelMessage.ts";
import { logUnknownMessage, logWebviewFault } from "../webviews/webviewFaults.ts";
import type { PanelLens } from "./panelLens.ts";
import type { PanelNeurons } from "./panelNeurons.ts";
import type { PanelServices } from "./panelServices.ts";
import type { PanelSteering } from "./panelSteering.ts";
import type { PanelTransfers } from "./panelTransfers.ts";
import type { PanelValidation } from "./panelValidation.ts";

/** The panel that asks, as far as its requests concern it. */
export interface AskingPanel {
  readonly panel: RunPanel;
  readonly validation: PanelValidation;
  readonly transfers: PanelTransfers;
  readonly neurons: PanelNeurons;
  readonly lens: PanelLens;
  readonly steering: PanelSteering;
  /** Of the failure that is shown; undefined if none is, or nothing helps. */
  remedy(): SourceRemedy | undefined;
  post(message: HostToPanel): void;
  /** Sends everything that is shown, to a webview that has just begun. */
  sendAll(): void;
  /** Stops the run that is being made, or its validation. */
  cancel(): void;
  /** Remembers what was chosen in the panel, and tells the other views. */
  select(run: ShownRun, selection: Selection): void;
}

/** What the webview of one result panel asks for, and what is done about it. */
export class PanelRequests {
  readonly #asking: AskingPanel;
  readonly #services: PanelServices;

  constructor(asking: AskingPanel, services: PanelServices) {
    this.#asking = asking;
    this.#services = services;
  }

  /** Does what a message of the webview's asks for; one that is none is logged. */
  receive(received: unknown): void {
    const message = readPanelMessage(received);
    switch (message?.kind) {
      case "ready":
        return this.#asking.sendAll();
      case "fault":
        return logWebviewFault(this.#services.log, "Result panel", message);
      case "cancel":
        return this.#asking.cancel();
      case "copy":
        return this.#attempt(async () => vscode.env.clipboard.writeText(message.text));
      case "rerun":
        return this.#attempt(() => this.#services.rerun(this.#asking.panel));
      case "remedy": {
        const remedy = this.#asking.remedy();
        return remedy && this.#attempt(() => this.#services.remedy(this.#asking.panel, remedy));
      }
      case "command":
        return this.#attempt(() => this.#services.command(message.command));
      case "component":
        return this.withRun(async (run) =>
          this.#asking.post({
            kind: "component",
            view: await run.component(message.solution, message),
          }),
        );
      case "resolve":
        return this.withRun((run) => this.#resolve(run, message), message.request);
      case "select":
        return this.withRun(async (run) => this.#asking.select(run, message.selection));
      case "neuronValues":
        return this.withRun((run) => this.#asking.neurons.read(run, message.neuron));
      case "meanProjections":
        return this.withRun((run) => this.#asking.neurons.projectOnMeans(run));
      case "lens":
        return this.withRun((run) => this.#asking.lens.find(run, message));
      case "cancelLens":
        return this.#asking.lens.cancel();
      case "steering":
        return this.withRun((run) => this.#asking.steering.choose(run));
      case "validate":
        return this.withRows((run) => this.#asking.validation.validate(run, message));
      case "transfer":
        return this.#attempt(() => this.#services.transfer(this.#asking.panel));
      case "cancelTransfer":
        return this.#asking.transfers.cancel();
      case "removeTransfer":
        return this.withRun((run) => this.#asking.transfers.remove(run, message.created));
      case "export":
        return this.withRun((run) => this.#services.exportRun(run, message));
      case undefined:
        logUnknownMessage(this.#services.log, "Result panel", received);
        return;
      default:
        message satisfies never;
    }
  }

  /** Does something with the run that is shown, if one is. */
  withRun(action: (run: ShownRun) => Promise<void>, request?: number): void {
    const run = this.#asking.panel.shown;
    if (run) this.#attempt(() => action(run), request);
  }

  /** {@link withRun} of what reads the run's rows again. */
  withRows(action: (run: ShownRun) => Promise<void>): void {
    this.withRun(async (run) => {
      await checkKept(run.stored.record);
      await action(run);
    });
  }

  /**
   * A request of the panel's that fails leaves the panel as it was, with one line.
   * @param request the number of the `resolve` that it answers
   */
  #attempt(action: () => PromiseLike<void>, request?: number): void {
    attempt(this.#services.log, action, (message) =>
      this.#asking.post({
        kind: "problem",
        message,
        ...(request === undefined ? {} : { request }),
      }),
    );
  }

  async #resolve(run: ShownRun, message: Extract<PanelToHost, { kind: "resolve" }>): Promise<void> {
    const solved = await run.resolve(message);
    if (!solved || this.#asking.panel.shown !== run) return;
    const validation = run.reportOn(solved.solution.choice);
    this.#asking.post({ kind: "resolved", request: message.request, ...solved, validation });
    this.#services.selection.refresh(run);
  }
}
