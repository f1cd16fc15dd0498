import type { ResultView } from "./resultView.ts";

/** The result panels that are open; the one last in front answers the commands. */
export class ResultViews {
  readonly #views = new Set<ResultView>();
  #active: ResultView | undefined;

  get active(): ResultView | undefined {
    return this.#active;
  }

  add(view: ResultView): void {
    this.#views.add(view);
  }

  activate(view: ResultView): void {
    this.#active = view;
  }

  remove(view: ResultView): void {
    this.#views.delete(view);
    if (this.#active === view) this.#active = undefined;
  }

  /** The panel that shows a run already. */
  ofRun(runId: string): ResultView | undefined {
    return [...this.#views].find((view) => view.shown?.stored.runId === runId);
  }
}
