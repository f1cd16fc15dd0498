import type { HostToPanel, PanelToHost } from "../../src/protocol/panel.ts";
import type { ValidationOptions } from "../../src/protocol/results.ts";
import type { DirectionName } from "../../src/protocol/direction.ts";
import { mostRows, type ChosenRow, type Selection } from "../../src/protocol/selection.ts";
import type { Host } from "../host.ts";
import { wantedNeuron, type ColourState } from "../models/neurons/neuronColours.ts";
import { choose, endDrag, nextRequest, undo } from "../models/choosing.ts";
import {
  componentKey,
  drawnComponents,
  initialModel,
  missingComponents,
  type PanelModel,
} from "../models/panelModel.ts";
import { receive } from "../models/receive.ts";
import { select } from "../models/select.ts";
import { readUiState, type UiState } from "../models/uiState.ts";

/** What the views may ask for; each changes the model, tells the host, or both. */
export interface PanelActions {
  changeUi(change: Partial<UiState>): void;
  chooseComponent(direction: DirectionName, index: number): void;
  chooseNeuron(direction: DirectionName, component: number, neuron: number): void;
  chooseRow(
    direction: DirectionName,
    component: number,
    condition: "target" | "reference",
    row: number,
  ): void;
  /** Several rows instead of those chosen; of too many the first. */
  chooseRows(direction: DirectionName, component: number, rows: readonly ChosenRow[]): void;
  /** Colours the rows by their condition, or by the neuron that is chosen. */
  colourBy(by: ColourState["by"]): void;
  /** Another shrinkage and share, in one step. */
  resolve(shrinkage: number, variance: number): void;
  /** The same while a slider is held: all until {@link endDrag} is one step. */
  drag(shrinkage: number, variance: number): void;
  endDrag(): void;
  /** Goes back to the choice before the last. */
  undo(): void;
  /** Asks for the rows on the directions of the means, in sample. */
  projectOnMeans(): void;
  validate(options: ValidationOptions): void;
  showFigureAsTable(part: string, shown: boolean): void;
  dismissProblem(): void;
  copy(text: string): void;
  send(message: PanelToHost): void;
}

/** Holds the model; asks the host for what is missing, remembers the choices, and has the page drawn again. */
export class PanelStore implements PanelActions {
  #model: PanelModel;
  readonly #host: Host<PanelToHost>;
  readonly #render: (model: PanelModel) => void;
  #scheduled = false;

  constructor(host: Host<PanelToHost>, render: (model: PanelModel) => void) {
    this.#host = host;
    this.#render = render;
    this.#model = initialModel(readUiState(host.getState()));
  }

  get model(): PanelModel {
    return this.#model;
  }

  receive(message: HostToPanel): void {
    this.#change(receive(this.#model, message));
  }

  changeUi(change: Partial<UiState>): void {
    this.#change({ ...this.#model, ui: { ...this.#model.ui, ...change } });
  }

  chooseComponent(direction: DirectionName, index: number): void {
    this.#choose((runId) => ({ kind: "component", runId, direction, index }));
  }

  chooseNeuron(direction: DirectionName, component: number, neuron: number): void {
    this.#choose((runId) => ({ kind: "neuron", runId, direction, component, neuron }));
  }

  chooseRow(
    direction: DirectionName,
    component: number,
    condition: "target" | "reference",
    row: number,
  ): void {
    this.#choose((runId) => ({ kind: "row", runId, direction, component, condition, row }));
  }

  chooseRows(direction: DirectionName, component: number, rows: readonly ChosenRow[]): void {
    const chosen = rows.slice(0, mostRows);
    const [only] = chosen;
    if (!only) return;
    if (chosen.length === 1) this.chooseRow(direction, component, only.condition, only.row);
    else this.#choose((runId) => ({ kind: "rows", runId, direction, component, rows: chosen }));
  }

  colourBy(by: ColourState["by"]): void {
    this.#change({ ...this.#model, colour: { ...this.#model.colour, by } });
  }

  resolve(shrinkage: number, variance: number): void {
    this.#change(choose(endDrag(this.#model), { shrinkage, variance }, false));
  }

  drag(shrinkage: number, variance: number): void {
    this.#change(choose(this.#model, { shrinkage, variance }, true));
  }

  endDrag(): void {
    this.#change(endDrag(this.#model));
  }

  undo(): void {
    this.#change(undo(this.#model));
  }

  projectOnMeans(): void {
    this.send({ kind: "meanProjections" });
    this.#change({ ...this.#model, meanProjections: "asked" });
  }

  validate(options: ValidationOptions): void {
    const { run } = this.#model;
    if (!run) return;
    const { shrinkage, variance } = run.controls;
    this.send({ kind: "validate", solution: { shrinkage, variance }, options });
    this.#change({
      ...this.#model,
      problem: undefined,
      validation: {
        ...this.#model.validation,
        progress: undefined,
        starting: true,
        gaveUp: undefined,
      },
    });
  }

  showFigureAsTable(part: string, shown: boolean): void {
    const others = this.#model.ui.tables.filter((name) => name !== part);
    this.changeUi({ tables: shown ? [...others, part] : others });
  }

  dismissProblem(): void {
    this.#change({ ...this.#model, problem: undefined });
  }

  copy(text: string): void {
    this.send({ kind: "copy", text });
    this.#change({ ...this.#model, copies: this.#model.copies + 1 });
  }

  send(message: PanelToHost): void {
    this.#host.post(message);
  }

  #choose(make: (runId: string) => Selection): void {
    const runId = this.#model.run?.runId;
    if (runId === undefined) return;
    const selection = make(runId);
    this.send({ kind: "select", selection });
    this.#change(select(this.#model, selection));
  }

  #change(next: PanelModel): void {
    const uiChanged = next.ui !== this.#model.ui;
    this.#model = next;
    this.#askForSolution();
    this.#askForComponents();
    this.#askForNeuron();
    // Only with a run: an empty state must not overwrite what VS Code kept for the next one.
    if (uiChanged && next.run) this.#host.setState(next.ui);
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#render(this.#model);
    });
  }

  /** Before anything is drawn, so that the next solution is made meanwhile. */
  #askForSolution(): void {
    const solution = nextRequest(this.#model);
    if (!solution) return;
    const request = this.#model.resolving.request + 1;
    const components = drawnComponents(this.#model);
    this.#model = {
      ...this.#model,
      resolving: { ...this.#model.resolving, request, asked: solution },
    };
    this.send({ kind: "resolve", request, solution, components });
  }

  #askForNeuron(): void {
    const { run, colour } = this.#model;
    const neuron = wantedNeuron(colour, this.#model.neuron);
    // Of a run from moments there is nobody to ask.
    if (!run || run.summary.atHand !== undefined || neuron === undefined) return;
    this.#model = { ...this.#model, colour: { ...colour, asked: neuron, why: undefined } };
    this.send({ kind: "neuronValues", neuron });
  }

  #askForComponents(): void {
    const model = this.#model;
    const missing = missingComponents(model);
    if (missing.length === 0 || !model.run) return;
    const keys = missing.map(({ direction, index }) => componentKey(direction, index));
    this.#model = { ...model, requested: new Set([...model.requested, ...keys]) };
    const { shrinkage, variance } = model.run.controls;
    const solution = { shrinkage, variance };
    for (const wanted of missing) this.send({ kind: "component", solution, ...wanted });
  }
}
