import type { ValidationReport } from "../../src/ged/validation/report.ts";
import type { GedOptions } from "../../src/ged/method/options.ts";
import type { LoadedRun, Progress, RunRequest } from "../../src/protocol/engine.ts";
import { meanDifference } from "../../src/directions/meanDirections.ts";
import type { MeanProjections } from "../../src/protocol/meanProjections.ts";
import type { NeuronValues } from "../../src/protocol/neuronValues.ts";
import { checkReproducible } from "../../src/exports/python/reproduceScript.ts";
import type { FileRows } from "../../src/exports/python/fileRows.ts";
import type { ComponentPlace, PanelToHost } from "../../src/protocol/panel.ts";
import {
  runView,
  sameChoice,
  validatedChoice,
  type ComponentView,
  type RunHeader,
  type RunView,
  type Solution,
  type SolutionChoice,
} from "../../src/protocol/views/runView.ts";
import type { TransferRequest } from "../../src/protocol/transfer.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";
import { withTransfer, type RunTransfer } from "../../src/runs/runTransfer.ts";
import type { EngineClient } from "../engine/engineClient.ts";
import type { ReadRun } from "../engine/loadedRuns.ts";
import { runRequest, type ChangeTransfers, type StoredRun } from "./storedRun.ts";
import type { SelectedRun, ShownSolution } from "../selectionHub.ts";

type Resolve = Pick<Extract<PanelToHost, { kind: "resolve" }>, "solution" | "components">;
type Validate = Pick<Extract<PanelToHost, { kind: "validate" }>, "solution" | "options">;

/**
 * One run as one panel shows it: the solution last chosen there, and the calls that the panel's controls make.
 * Other panels of the same run have a solution of their own. Knows no webview.
 */
export class ShownRun implements SelectedRun {
  readonly stored: StoredRun;
  /** What never changes. */
  readonly header: RunHeader;
  readonly #engine: EngineClient;
  readonly #read: ReadRun;
  readonly #hide: (() => Promise<void>) | undefined;
  #shown: Shown;
  /** What was validated, by solution. */
  readonly #reports = new Map<string, ValidationReport>();
  #lastRequest = 0;
  #transfers: readonly RunTransfer[];

  private constructor(
    stored: StoredRun,
    engine: EngineClient,
    read: ReadRun,
    { header, solution, validation }: LoadedRun,
    hide: (() => Promise<void>) | undefined,
  ) {
    this.stored = stored;
    this.header = header;
    this.#engine = engine;
    this.#read = read;
    this.#hide = hide;
    this.#shown = { solution, components: new Map() };
    if (validation) this.#reports.set(keyOf(solution.choice), validation);
    this.#transfers = stored.record.transfers ?? [];
  }

  /**
   * @param document where it is in memory already; its memory moves to the engine's worker
   * @throws EigenlensError if the document cannot be read
   */
  static async open(
    stored: StoredRun,
    engine: EngineClient,
    document?: RunDocument,
  ): Promise<ShownRun> {
    const read = () => stored.read();
    const loaded = await engine.open(read, document);
    // A store that cannot be written removes nothing either.
    const hide = await stored.showing?.().catch(() => undefined);
    return new ShownRun(stored, engine, read, loaded, hide);
  }

  get solution(): Solution {
    return this.#shown.solution;
  }

  /** The report on the solution shown; null if there is none. */
  get validation(): ValidationReport | null {
    return this.reportOn(this.solution.choice);
  }

  reportOn(choice: SolutionChoice): ValidationReport | null {
    return this.#reports.get(keyOf(choice)) ?? null;
  }

  get view(): RunView {
    return this.#viewOf(this.solution);
  }

  get shown(): ShownSolution {
    const shown = this.#shown;
    const view = this.#viewOf(shown.solution);
    return { view, component: (place) => this.#componentOf(shown, place) };
  }

  /** Loadings and projections of one component of any solution; of the one shown asked of the engine once. */
  component(
    solution: SolutionChoice,
    { direction, index }: ComponentPlace,
  ): Promise<ComponentView> {
    return sameChoice(solution, this.solution.choice)
      ? this.#componentOf(this.#shown, { direction, index })
      : this.#engine.component({ run: this.header.run, solution, direction, index });
  }

  /** Any solution, whatever is shown. */
  async viewFor(solution: SolutionChoice): Promise<RunView> {
    if (sameChoice(solution, this.solution.choice)) return this.view;
    return this.#viewOf(await this.#engine.resolve({ run: this.header.run, solution }));
  }

  /**
   * Shows another solution.
   * @returns it with those of the components that it has, or undefined if a younger request overtook this one
   */
  async resolve({
    solution: choice,
    components: places,
  }: Resolve): Promise<{ solution: Solution; components: ComponentView[] } | undefined> {
    const number = ++this.#lastRequest;
    const solution = await this.#engine.resolve({ run: this.header.run, solution: choice });
    const shown: Shown = { solution, components: new Map() };
    const components = await Promise.all(
      places
        .filter(({ direction, index }) => index < solution.mappedComponents[direction])
        .map((place) => this.#componentOf(shown, place)),
    );
    if (number !== this.#lastRequest) return undefined;
    this.#shown = shown;
    return { solution, components };
  }

  /** Nobody waits for a {@link resolve} any more that is under way: it will show nothing. */
  dropRequests(): void {
    this.#lastRequest++;
  }

  /** Validates one solution, or the one that the validation chooses, and keeps the report with the run where the run was made with it. */
  async validate(
    { solution, options }: Validate,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<ValidationReport> {
    const report = await this.#engine.calls.validate(
      { ...this.request(solution), validation: options },
      { signal, onProgress },
    );
    const validated = validatedChoice(solution, report);
    this.#reports.set(keyOf(validated), report);
    if (sameChoice(validated, this.header.made)) await this.stored.saveValidation?.(report);
    return report;
  }

  /** One neuron's activations of the rows that the run was made from. */
  neuronValues(neuron: number, signal: AbortSignal): Promise<NeuronValues> {
    const { target, reference } = this.request();
    const { sources } = this.stored.record;
    const hashes = { target: sources.target.hash, reference: sources.reference.hash };
    return this.#engine.calls.neuronValues({ target, reference, hashes, neuron }, { signal });
  }

  /** The rows that the run was made from on the directions of the means. */
  async meanProjections(): Promise<MeanProjections> {
    const { target, reference } = this.request();
    const { sources } = this.stored.record;
    const hashes = { target: sources.target.hash, reference: sources.reference.hash };
    const { neurons, discriminant } = this.header;
    const difference = meanDifference(neurons.targetMean, neurons.referenceMean);
    const directions = discriminant ? [difference, discriminant] : [difference];
    const [onDifference, onDiscriminant] = await this.#engine.calls.projectRows({
      ...{ target, reference, hashes, directions },
    });
    if (!onDifference) throw new RangeError("The engine projected no rows.");
    return {
      meanDifference: onDifference,
      ...(onDiscriminant ? { discriminant: onDiscriminant } : {}),
    };
  }

  /** What the selections of the run's sources come down to. */
  async fileRows(): Promise<FileRows> {
    checkReproducible(this.stored.record.sources);
    return this.#engine.calls.fileRows({ sources: this.stored.record.sources });
  }

  /** Newest first. */
  get transfers(): readonly RunTransfer[] {
    return this.#transfers;
  }

  /** Whether transfers are kept with the run; else they last as long as its panel. */
  get keepsTransfers(): boolean {
    return this.stored.saveTransfers !== undefined;
  }

  /** Tries the directions of the run as it was made on other files. */
  async transfer(
    request: TransferRequest,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<void> {
    const document = await this.stored.read();
    const made = await this.#engine.calls.transferRun(
      { ...request, document },
      { signal, onProgress },
    );
    await this.#changeTransfers((known) => withTransfer(known, made));
  }

  async removeTransfer(created: string): Promise<void> {
    await this.#changeTransfers((known) => known.filter((each) => each.created !== created));
  }

  /** The run with everything that is kept with it, or was found since. */
  async document(): Promise<RunDocument> {
    const stored = await this.stored.read();
    return this.#transfers.length === 0 ? stored : { ...stored, transfers: this.#transfers };
  }

  async #changeTransfers(change: ChangeTransfers): Promise<void> {
    this.#transfers = this.stored.saveTransfers
      ? await this.stored.saveTransfers(change)
      : change(this.#transfers);
  }

  /** The request that makes this run again with a solution's options, that of the panel unless said otherwise. */
  request(choice: SolutionChoice = this.solution.choice): RunRequest {
    const { options } = this.stored.record;
    return {
      ...runRequest(this.stored.record),
      options: sameChoice(choice, this.header.made) ? options : chosenOptions(options, choice),
    };
  }

  close(): void {
    this.#engine.close(this.header.run, this.#read);
    void this.#hide?.().catch(() => undefined);
  }

  #viewOf(solution: Solution): RunView {
    return runView(this.stored.runId, this.header, solution, this.reportOn(solution.choice));
  }

  #componentOf({ solution, components }: Shown, place: ComponentPlace): Promise<ComponentView> {
    const key = `${place.direction} ${place.index}`;
    const known = components.get(key);
    if (known) return known;
    const { direction, index } = place;
    const request = { run: this.header.run, solution: solution.choice, direction, index };
    const asked = this.#engine.component(request);
    components.set(key, asked);
    // A failed call may succeed once the worker was started anew.
    asked.catch(() => components.delete(key));
    return asked;
  }
}

/** A solution with those of its components that were asked for. */
interface Shown {
  readonly solution: Solution;
  readonly components: Map<string, Promise<ComponentView>>;
}

function keyOf({ shrinkage, variance }: SolutionChoice): string {
  return `${shrinkage} ${variance}`;
}

/** The share that was chosen in the panel takes the place of a fixed number of components. */
function chosenOptions(made: GedOptions, chosen: SolutionChoice): GedOptions {
  const { route, engine, precision } = made;
  const { shrinkage, variance } = chosen;
  return { route, engine, precision, shrinkage, keep: { share: variance } };
}
