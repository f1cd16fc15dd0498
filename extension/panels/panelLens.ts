import * as vscode from "vscode";
import { describeError } from "../../src/errors.ts";
import { parseTokenSets } from "../../src/directions/lens/lensLogits.ts";
import { directionVectors } from "../../src/exports/bundle/directionVectors.ts";
import type { HostToPanel, PanelToHost } from "../../src/protocol/panel.ts";
import type { LensFiles, LensState, ShownLens } from "../../src/protocol/steering.ts";
import type { Progress } from "../../src/protocol/engine.ts";
import { sharedProvenance } from "../../src/runs/sharedProvenance.ts";
import { logFailure } from "../logFailure.ts";
import { baseName } from "../naming.ts";
import { summaryTitle } from "../runs/runEntry.ts";
import type { ShownRun } from "../runs/shownRun.ts";
import type { PanelServices } from "./panelServices.ts";

type Wanted = Omit<Extract<PanelToHost, { kind: "lens" }>, "kind">;

/** The logit lens of the run that one panel shows: one at a time, the last kept for a new webview. */
export class PanelLens {
  readonly #services: Pick<PanelServices, "log" | "steering" | "computing">;
  readonly #post: (message: HostToPanel) => void;
  #run: ShownRun | undefined;
  #running: AbortController | undefined;
  #found: Pick<LensState, "shown" | "why"> = {};
  #progress: Progress | undefined;

  constructor(
    services: Pick<PanelServices, "log" | "steering" | "computing">,
    post: (message: HostToPanel) => void,
  ) {
    this.#services = services;
    this.#post = post;
  }

  /** Another run is shown, or none: a lens of the one before ends. */
  show(run: ShownRun | undefined): void {
    this.cancel();
    this.#running = undefined;
    this.#run = run;
    this.#found = {};
    this.#progress = undefined;
    this.send();
  }

  cancel(): void {
    this.#running?.abort();
  }

  /** What is known, to a webview that has just begun. */
  send(): void {
    if (!this.#run) return;
    this.#post({
      kind: "lens",
      state: { files: namesOf(this.#services.steering.lastFiles()), ...this.#found },
      ...(this.#progress ? { progress: this.#progress } : {}),
    });
  }

  /** Finds the lens of one component, with the files chosen last or chosen now; what fails is said in the panel. */
  async find(run: ShownRun, wanted: Wanted): Promise<void> {
    this.cancel();
    const running = new AbortController();
    this.#running = running;
    const tell = (found: Pick<LensState, "shown" | "why"> | undefined, progress?: Progress) => {
      if (this.#run !== run || this.#running !== running) return;
      this.#found = found ?? this.#found;
      this.#progress = progress;
      this.send();
    };
    try {
      const files = await this.#files(run, wanted.chooseFiles);
      if (!files || this.#running !== running) return;
      tell({}, { step: vscode.l10n.t("Starting") });
      const shown = await this.#services.computing(
        vscode.l10n.t("Logit lens of {0}", summaryTitle(run.view.summary)),
        (onProgress) =>
          this.#compute(run, wanted, files, running.signal, (progress) => {
            tell(undefined, progress);
            onProgress(progress);
          }),
        () => running.abort(),
      );
      tell({ shown });
    } catch (thrown) {
      const { code, message } = describeError(thrown);
      if (code !== "cancelled") logFailure(this.#services.log, thrown);
      tell(code === "cancelled" ? {} : { why: message });
    }
  }

  async #files(run: ShownRun, choose: boolean): Promise<LensFiles | undefined> {
    const { steering } = this.#services;
    const last = choose ? undefined : steering.lastFiles();
    if (last) return last;
    const { component } = sharedProvenance(run.stored.record);
    return steering.chooseFiles({ width: run.header.summary.target.columns, component });
  }

  async #compute(
    run: ShownRun,
    { solution, direction, index, tokens }: Wanted,
    files: LensFiles,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<ShownLens> {
    const sets = tokens.trim() === "" ? undefined : parseTokenSets(tokens);
    const [document, component] = await Promise.all([
      run.document(),
      run.component(solution, { direction, index }),
    ]);
    const { meanDifference, filter, pattern } = directionVectors({ document, component });
    const lens = await this.#services.steering.lens(
      { directions: { meanDifference, filter, pattern }, files, ...(sets ? { sets } : {}) },
      { signal, onProgress },
    );
    return { solution, direction, index, tokens: tokens.trim(), lens };
  }
}

/** As the panel calls them. */
function namesOf(files: LensFiles | undefined): string[] {
  if (!files) return [];
  const named = ({ path, tensor }: LensFiles["unembedding"]) =>
    tensor === undefined ? baseName(path) : `${baseName(path)}#${tensor}`;
  return [
    named(files.unembedding),
    baseName(files.vocabulary),
    ...(files.norm ? [named(files.norm.weight)] : []),
    ...(files.down ? [named(files.down)] : []),
  ];
}
