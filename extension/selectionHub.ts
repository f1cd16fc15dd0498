import type { ComponentView, RunView } from "../src/protocol/runView.ts";
import type { Selection } from "../src/protocol/selection.ts";

/** A run as the inspector reads it: the panel that shows it answers. */
export interface SelectedRun {
  readonly view: RunView;
  component(selection: Pick<ComponentView, "direction" | "index">): Promise<ComponentView>;
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
