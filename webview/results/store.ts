import type { HostToPanel, PanelToHost } from "../../src/protocol/panel.ts";
import type { ValidationOptions } from "../../src/protocol/results.ts";
import type { DirectionName } from "../../src/protocol/runView.ts";
import type { Selection } from "../../src/protocol/selection.ts";
import type { Host } from "../host.ts";
import {
  componentKey,
  initialModel,
  missingComponents,
  receive,
  select,
  type PanelModel,
} from "../models/panelModel.ts";
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
  resolve(shrinkage: number, variance: number): void;
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

  resolve(shrinkage: number, variance: number): void {
    const request = this.#model.resolving.request + 1;
    this.send({ kind: "resolve", request, shrinkage, variance });
    this.#change({ ...this.#model, resolving: { request, pending: true } });
  }

  validate(options: ValidationOptions): void {
    this.send({ kind: "validate", options });
    this.#change({
      ...this.#model,
      problem: undefined,
      validation: {
        ...this.#model.validation,
        progress: undefined,
        starting: true,
        asked: this.#model.run?.controls,
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
    const missing = missingComponents(next);
    if (missing.length > 0) {
      const keys = missing.map(({ direction, index }) => componentKey(direction, index));
      this.#model = { ...next, requested: new Set([...next.requested, ...keys]) };
      for (const wanted of missing) this.send({ kind: "component", ...wanted });
    }
    // Only with a run: an empty state must not overwrite what VS Code kept for the next one.
    if (uiChanged && next.run) this.#host.setState(next.ui);
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#render(this.#model);
    });
  }
}
