import type { RunPanel } from "../runs/runPanel.ts";

/** The result panels that are open; the one last in front answers the commands. */
export class ResultViews {
  readonly #views = new Set<RunPanel>();
  #active: RunPanel | undefined;

  get active(): RunPanel | undefined {
    return this.#active;
  }

  add(view: RunPanel): void {
    this.#views.add(view);
  }

  activate(view: RunPanel): void {
    this.#active = view;
  }

  remove(view: RunPanel): void {
    this.#views.delete(view);
    if (this.#active === view) this.#active = undefined;
  }

  /** The panel that shows a run already. */
  ofRun(runId: string): RunPanel | undefined {
    return [...this.#views].find((view) => view.shown?.stored.runId === runId);
  }
}
