import type { ComponentPlace } from "../src/protocol/panel.ts";
import type { ComponentView, RunView } from "../src/protocol/views/runView.ts";
import type { Selection } from "../src/protocol/selection.ts";

/** One solution of a run: its numbers and components belong together, whatever is chosen meanwhile. */
export interface ShownSolution {
  readonly view: RunView;
  component(place: ComponentPlace): Promise<ComponentView>;
}

/** A run as the inspector reads it: the panel that shows it answers. */
export interface SelectedRun {
  /** What its panel shows now. */
  readonly shown: ShownSolution;
}

export interface Selected {
  readonly selection: Selection;
  readonly run: SelectedRun;
}

/** Whatever was last chosen anywhere; the inspector follows. */
export class SelectionHub {
  #selected: Selected | undefined;
  readonly #listeners = new Set<(selected: Selected | undefined) => void>();

  get selected(): Selected | undefined {
    return this.#selected;
  }

  select(selected: Selected): void {
    this.#selected = selected;
    this.#tell();
  }

  /** Forgets the selection if it belongs to a run that is no longer shown. */
  forget(run: SelectedRun): void {
    if (this.#selected?.run !== run) return;
    this.#selected = undefined;
    this.#tell();
  }

  /** The run's numbers changed (it was solved again or validated). */
  refresh(run: SelectedRun): void {
    if (this.#selected?.run === run) this.#tell();
  }

  /** @returns a function that ends the listening */
  onDidChange(listener: (selected: Selected | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.#selected);
  }
}
