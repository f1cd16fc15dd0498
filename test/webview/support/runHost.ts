import { describeError } from "../../../src/errors.ts";
import { Cancellation } from "../../../src/cancellation.ts";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { Engine } from "../../../src/engine/engine.ts";
import { defaultGedOptions } from "../../../src/ged/method/options.ts";
import type { InspectorToHost, HostToInspector } from "../../../src/protocol/inspector.ts";
import type { ComponentPlace, HostToPanel, PanelToHost } from "../../../src/protocol/panel.ts";
import {
  runView,
  validatedChoice,
  type ComponentView,
  type RunView,
  type SolutionChoice,
} from "../../../src/protocol/views/runView.ts";
import type { ValidationReport } from "../../../src/protocol/results.ts";
import type { LoadedRun, OfLoaded, Progress } from "../../../src/protocol/engine.ts";
import type { RunDocument } from "../../../src/runs/runDocument.ts";
import { withTransfer, type RunTransfer } from "../../../src/runs/runTransfer.ts";
import type { Selection } from "../../../src/protocol/selection.ts";
import { inspect, selectedComponent } from "../../../extension/inspector/inspect.ts";

const runId = "run of the samples";

/** The engine behind the development page: a real run of two files, and answers to the panel's requests. */
export class RunHost {
  readonly #engine: Engine;
  readonly #request: Parameters<Engine["run"]>[0];
  readonly #document: RunDocument;
  readonly #loaded: LoadedRun;
  #validation: Cancellation | undefined;
  /** By solution. */
  readonly #reports = new Map<string, ValidationReport>();
  #transfers: readonly RunTransfer[] = [];
  #selection: Selection = { kind: "component", runId, direction: "forward", index: 0 };

  private constructor(
    engine: Engine,
    request: Parameters<Engine["run"]>[0],
    document: RunDocument,
    loaded: LoadedRun,
  ) {
    this.#engine = engine;
    this.#request = request;
    this.#document = document;
    this.#loaded = loaded;
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
    return new RunHost(engine, request, document, await engine.load({ document }));
  }

  get view(): RunView {
    const { header, solution, validation } = this.#loaded;
    return runView(runId, header, solution, validation);
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
      const { message: line } = describeError(thrown);
      const request = message.kind === "resolve" ? { request: message.request } : {};
      reply({ kind: "problem", message: line, ...request });
    }
  }

  async #answer(message: PanelToHost, reply: (message: HostToPanel) => void): Promise<void> {
    switch (message.kind) {
      case "ready":
        this.#reports.clear();
        reply({ kind: "run", runId, ...this.#loaded, saved: this.#loaded.validation });
        reply({ kind: "state", state: { kind: "ready", stale: [] } });
        this.#transfers = [];
        return;
      case "component":
        reply({ kind: "component", view: await this.#component(message) });
        return;
      case "resolve": {
        const { request, solution: choice } = message;
        const { run } = this.#loaded.header;
        const solution = answerOf(this.#engine.resolve({ run, solution: choice }));
        const there = message.components.filter(
          ({ direction, index }) => index < solution.mappedComponents[direction],
        );
        const components = await Promise.all(
          there.map((place) => this.#component({ solution: choice, ...place })),
        );
        const validation = this.#reports.get(JSON.stringify(choice)) ?? null;
        reply({ kind: "resolved", request, solution, components, validation });
        return;
      }
      case "validate": {
        const { solution } = message;
        const cancellation = new Cancellation();
        this.#validation = cancellation;
        const validating = this.#engine.validate(
          { ...this.#request, validation: message.options },
          {
            cancellation,
            report: (progress) => {
              const known = progress.partial ?? null;
              const validated = validatedChoice(solution, known);
              reply({ kind: "validation", solution: validated, report: known, progress });
            },
          },
        );
        const before = this.#reports.get(JSON.stringify(solution)) ?? null;
        const report = await validating.catch((thrown: unknown) => {
          const gaveUp = describeError(thrown).code === "cancelled" ? "cancelled" : "failed";
          reply({ kind: "validation", solution, report: before, gaveUp });
          throw thrown;
        });
        const validated = validatedChoice(solution, report);
        this.#reports.set(JSON.stringify(validated), report);
        reply({ kind: "validation", solution: validated, report });
        return;
      }
      case "neuronValues":
        reply(await this.#neuron(message.neuron));
        return;
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
    const made = await this.#engine.transferRun(
      { ...request, document: this.#document },
      {
        cancellation: new Cancellation(),
        report: (progress) => {
          tell(false, progress);
        },
      },
    );
    this.#transfers = withTransfer(this.#transfers, made);
    tell(true);
  }

  async #neuron(neuron: number): Promise<HostToPanel> {
    const { target, reference } = this.#document.sources;
    const request = {
      target: target.condition,
      reference: reference.condition,
      hashes: { target: target.hash, reference: reference.hash },
      neuron,
    };
    const call = { cancellation: new Cancellation(), report: () => undefined };
    try {
      const values = await this.#engine.neuronValues(request, call);
      return { kind: "neuronValues", neuron, values };
    } catch (thrown) {
      return { kind: "neuronValues", neuron, why: describeError(thrown).message };
    }
  }

  /** Answers the inspector: the facts of whatever was chosen last. */
  async inspector(message: InspectorToHost, reply: (message: HostToInspector) => void) {
    if (message.kind !== "ready") return;
    const { direction } = this.#selection;
    const solution = this.#loaded.header.made;
    const component = (index: number) => this.#component({ solution, direction, index });
    const firstComponents = await Promise.all([0, 1, 2, 3, 4].map(component));
    reply({
      kind: "shown",
      shown: inspect(this.#selection, {
        view: this.view,
        component: await component(selectedComponent(this.#selection)),
        firstComponents,
      }),
    });
  }

  async #component({
    solution,
    direction,
    index,
  }: ComponentPlace & { readonly solution: SolutionChoice }): Promise<ComponentView> {
    const { run } = this.#loaded.header;
    return answerOf(await this.#engine.component({ run, solution, direction, index }));
  }

  async dispose(): Promise<void> {
    await this.#engine.dispose();
  }
}

/** @throws Error if the run was let go, which it never is: it is the only one */
function answerOf<Answer>(reply: OfLoaded<Answer>): Answer {
  if (reply.kind === "answer") return reply.answer;
  throw new Error("The run is not loaded.");
}
