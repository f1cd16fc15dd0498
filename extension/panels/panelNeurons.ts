import { describeError } from "../../src/errors.ts";
import type { HostToPanel } from "../../src/protocol/panel.ts";
import { logFailure } from "../logFailure.ts";
import { checkKept } from "../runs/checkKept.ts";
import type { ShownRun } from "../runs/shownRun.ts";
import type { PanelServices } from "./panelServices.ts";

/**
 * Reads what one panel shows of its rows beyond the run's document: the neuron that colours them (of several that are
 * chosen in a row, the last), and where they lie on the directions of the means.
 */
export class PanelNeurons {
  readonly #services: Pick<PanelServices, "log">;
  readonly #post: (message: HostToPanel) => void;
  #reading: AbortController | undefined;

  constructor(services: Pick<PanelServices, "log">, post: (message: HostToPanel) => void) {
    this.#services = services;
    this.#post = post;
  }

  cancel(): void {
    this.#reading?.abort();
    this.#reading = undefined;
  }

  /** Answers with the values, or with one line that says why there are none; what was read before ends. */
  async read(run: ShownRun, neuron: number): Promise<void> {
    this.cancel();
    const reading = new AbortController();
    this.#reading = reading;
    try {
      await checkKept(run.stored.record);
      const values = await run.neuronValues(neuron, reading.signal);
      if (this.#reading === reading) this.#post({ kind: "neuronValues", neuron, values });
    } catch (thrown) {
      if (this.#reading !== reading) return;
      logFailure(this.#services.log, thrown);
      this.#post({ kind: "neuronValues", neuron, why: describeError(thrown).message });
    }
  }

  /** Answers with the projections, or with one line that says why there are none. */
  async projectOnMeans(run: ShownRun): Promise<void> {
    try {
      await checkKept(run.stored.record);
      this.#post({ kind: "meanProjections", projections: await run.meanProjections() });
    } catch (thrown) {
      logFailure(this.#services.log, thrown);
      this.#post({ kind: "meanProjections", why: describeError(thrown).message });
    }
  }
}
