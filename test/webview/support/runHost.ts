import { describeError } from "../../../src/errors.ts";
import { Cancellation } from "../../../src/cancellation.ts";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { Engine } from "../../../src/engine/engine.ts";
import { defaultGedOptions } from "../../../src/ged/method/options.ts";
import type { InspectorToHost, HostToInspector } from "../../../src/protocol/inspector.ts";
import type { HostToPanel, PanelToHost } from "../../../src/protocol/panel.ts";
import type { RunView } from "../../../src/protocol/runView.ts";
import type { Progress } from "../../../src/protocol/engine.ts";
import type { RunDocument } from "../../../src/runs/runDocument.ts";
import { withTransfer, type RunTransfer } from "../../../src/runs/runTransfer.ts";
import type { Selection } from "../../../src/protocol/selection.ts";
import { inspectorView, selectedComponent } from "../../../extension/inspector/inspectorView.ts";
import { inEnglish } from "../../../extension/translate.ts";

const runId = "run of the samples";

/** The engine behind the development page: a real run of two files, and answers to the panel's requests. */
export class RunHost {
  readonly #engine: Engine;
  readonly #request: Parameters<Engine["run"]>[0];
  readonly #document: RunDocument;
  readonly #view: RunView;
  #validation: Cancellation | undefined;
  #transfers: readonly RunTransfer[] = [];
  #selection: Selection = { kind: "component", runId, direction: "forward", index: 0 };

  private constructor(
    engine: Engine,
    request: Parameters<Engine["run"]>[0],
    document: RunDocument,
    view: RunView,
  ) {
    this.#engine = engine;
    this.#request = request;
    this.#document = document;
    this.#view = view;
  }

  /** Runs the separation once; the host answers from it until it is disposed. */
  static async create(target: string, reference: string): Promise<RunHost> {
    const engine = new Engine(nodeFileSystem);
    const request = {
      target: { path: target },
      reference: { path: reference },
      options: defaultGedOptions,
    };
    const call = { cancellation: new Cancellation(), report: () => undefined };
    const document = await engine.run(request, call);
    return new RunHost(engine, request, document, await engine.load(runId, document));
  }

  get view(): RunView {
    return this.#view;
  }

  /** What the inspector will show next. */
  choose(selection: Selection): void {
    this.#selection = selection;
  }

  /** Answers one message of the panel's through `reply`, as often as there is something to say. */
  async panel(message: PanelToHost, reply: (message: HostToPanel) => void): Promise<void> {
    try {
      await this.#answer(message, reply);
    } catch (thrown) {
      reply({ kind: "problem", message: describeError(thrown).message });
    }
  }

  async #answer(message: PanelToHost, reply: (message: HostToPanel) => void): Promise<void> {
    switch (message.kind) {
      case "ready":
        // A page begins with the run as it was saved, whatever another page has re-solved.
        reply({ kind: "run", view: await this.#engine.load(runId, this.#document) });
        reply({ kind: "state", state: { kind: "ready", stale: [] } });
        this.#transfers = [];
        return;
      case "component": {
        const { direction, index } = message;
        reply({
          kind: "component",
          view: await this.#engine.component(runId, direction, index),
        });
        return;
      }
      case "resolve":
        reply({
          kind: "resolved",
          request: message.request,
          view: this.#engine.resolve(runId, message.shrinkage, message.variance),
        });
        return;
      case "validate": {
        const cancellation = new Cancellation();
        this.#validation = cancellation;
        const report = await this.#engine.validate(
          { ...this.#request, validation: message.options },
          {
            cancellation,
            report: (progress) => {
              reply({ kind: "validation", report: progress.partial ?? null, progress });
            },
          },
        );
        reply({ kind: "validation", report });
        return;
      }
      case "transfer":
        await this.#transfer(reply);
        return;
      case "removeTransfer":
        this.#transfers = this.#transfers.filter(({ created }) => created !== message.created);
        reply({ kind: "transfers", transfers: this.#transfers, kept: true, reveal: false });
        return;
      case "cancel":
        this.#validation?.request();
        return;
      case "select":
        this.choose(message.selection);
        return;
      default:
        return;
    }
  }

  /** Instead of asking, the last rows of the files: first those that were fitted, then two of them only. */
  async #transfer(reply: (message: HostToPanel) => void): Promise<void> {
    const rows = this.#transfers.length === 0 ? { start: 40, stop: 53 } : { start: 51, stop: 53 };
    const request = {
      target: { ...this.#request.target, rows },
      reference: { ...this.#request.reference, rows },
      permutations: 200,
      seed: 1,
    };
    const tell = (reveal: boolean, progress?: Progress) => {
      const transfers = this.#transfers;
      reply({
        kind: "transfers",
        transfers,
        kept: true,
        reveal,
        ...(progress ? { progress } : {}),
      });
    };
    tell(true, { step: "Starting" });
    const made = await this.#engine.transferRun(this.#document, request, {
      cancellation: new Cancellation(),
      report: (progress) => {
        tell(false, progress);
      },
    });
    this.#transfers = withTransfer(this.#transfers, made);
    tell(true);
  }

  /** Answers the inspector: the facts of whatever was chosen last. */
  async inspector(message: InspectorToHost, reply: (message: HostToInspector) => void) {
    if (message.kind !== "ready") return;
    const { direction } = this.#selection;
    const component = (index: number) => this.#engine.component(runId, direction, index);
    const firstComponents = await Promise.all([0, 1, 2, 3, 4].map(component));
    reply({
      kind: "view",
      view: inspectorView(
        this.#selection,
        {
          view: this.#view,
          component: await component(selectedComponent(this.#selection)),
          firstComponents,
        },
        inEnglish,
      ),
    });
  }

  async dispose(): Promise<void> {
    await this.#engine.dispose();
  }
}
