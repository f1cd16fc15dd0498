import * as vscode from "vscode";
import type { ValidationReport } from "../../src/ged/validation/report.ts";
import { describeError } from "../../src/errors.ts";
import type { HostToPanel, PanelToHost } from "../../src/protocol/panel.ts";
import { validatedChoice } from "../../src/protocol/views/runView.ts";
import { summaryTitle } from "../runs/runEntry.ts";
import type { PanelServices } from "./panelServices.ts";
import type { ShownRun } from "../runs/shownRun.ts";

type ValidationMessage = Extract<HostToPanel, { kind: "validation" }>;

/** The validation of the run that one panel shows: one at a time, the last message kept for a new webview. */
export class PanelValidation {
  readonly #services: PanelServices;
  readonly #post: (message: HostToPanel) => void;
  #run: ShownRun | undefined;
  #running: AbortController | undefined;
  #last: ValidationMessage | undefined;

  constructor(services: PanelServices, post: (message: HostToPanel) => void) {
    this.#services = services;
    this.#post = post;
  }

  /** Another run is shown, or none: what was computed for the one before ends. */
  show(run: ShownRun | undefined): void {
    this.cancel();
    this.#run = run;
    this.#last = undefined;
  }

  cancel(): void {
    this.#running?.abort();
  }

  /** To a webview that has just begun; a finished report comes with its solution. */
  send(): void {
    if (this.#last?.progress) this.#post(this.#last);
  }

  /** @throws EigenlensError as the engine does; "cancelled" if another validation took its place */
  async validate(
    run: ShownRun,
    request: Pick<Extract<PanelToHost, { kind: "validate" }>, "solution" | "options">,
  ): Promise<void> {
    this.cancel();
    const validation = new AbortController();
    this.#running = validation;
    const { solution } = request;
    const tell = (news: Pick<ValidationMessage, "report" | "progress" | "gaveUp">) => {
      if (this.#run !== run || this.#running !== validation) return;
      const validated = validatedChoice(solution, news.report);
      this.#last = { kind: "validation", solution: validated, ...news };
      this.#post(this.#last);
    };
    let partial: ValidationReport | undefined;
    const before = run.reportOn(solution);
    tell({ report: null, progress: { step: vscode.l10n.t("Starting") } });
    try {
      const report = await this.#services.computing(
        vscode.l10n.t("Validating {0}", summaryTitle(run.view.summary)),
        (onProgress) =>
          run.validate(request, validation.signal, (progress) => {
            partial = progress.partial ?? partial;
            tell({ report: partial ?? null, progress });
            onProgress(progress);
          }),
        () => validation.abort(),
      );
      tell({ report });
      this.#services.runChanged();
      this.#services.selection.refresh(run);
    } catch (thrown) {
      // The new one if only saving it failed, else the one before.
      const report = run.reportOn(solution);
      const gaveUp = describeError(thrown).code === "cancelled" ? "cancelled" : "failed";
      tell({ report, ...(report === before ? { gaveUp } : {}) });
      throw thrown;
    } finally {
      if (this.#running === validation) this.#running = undefined;
    }
  }
}
