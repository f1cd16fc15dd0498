import type { ValidationReport } from "../report.ts";
import type { ValidationContext } from "../input.ts";

export type Phase =
  "tuning" | "splits" | "permutations" | "second" | "grid" | "resamples" | "learning";

/** At most this often, since assembling a report takes time of its own. */
const reportMilliseconds = 250;

/** Counts what is done and estimates what is left, by the pace at which each phase has gone so far. */
export class ProgressClock {
  readonly #context: ValidationContext;
  readonly #assemble: () => ValidationReport;
  readonly #planned = new Map<Phase, number>();
  readonly #finished = new Map<Phase, number>();
  readonly #begun = new Map<Phase, number>();
  readonly #paces = new Map<Phase, number>();
  #reported = -Infinity;

  constructor(context: ValidationContext, assemble: () => ValidationReport) {
    this.#context = context;
    this.#assemble = assemble;
  }

  plan(phase: Phase, count: number): void {
    this.#planned.set(phase, count);
  }

  begin(phase: Phase): void {
    this.#begun.set(phase, performance.now());
  }

  done(phase: Phase, count = 1): void {
    const finished = (this.#finished.get(phase) ?? 0) + count;
    this.#finished.set(phase, finished);
    const begun = this.#begun.get(phase);
    if (begun !== undefined) this.#paces.set(phase, (performance.now() - begun) / finished);
  }

  /** Reports with what is known so far, unless the last report was a moment ago. */
  report(step: string, always = false): void {
    const now = performance.now();
    if (!always && now - this.#reported < reportMilliseconds) return;
    const secondsLeft = this.#secondsLeft();
    const planned = total(this.#planned);
    this.#context.report({
      step,
      ...(planned > 0 ? { fraction: Math.min(1, total(this.#finished) / planned) } : {}),
      ...(secondsLeft === undefined ? {} : { secondsLeft }),
      partial: this.#assemble(),
    });
    this.#reported = performance.now();
  }

  /** A phase that has not begun is taken to go as splits do: a decomposition and a few fits are alike. */
  #secondsLeft(): number | undefined {
    let milliseconds = 0;
    for (const [phase, planned] of this.#planned) {
      const left = planned - (this.#finished.get(phase) ?? 0);
      if (left <= 0) continue;
      const pace = this.#paces.get(phase) ?? this.#paces.get("splits");
      if (pace === undefined) return undefined;
      milliseconds += left * pace;
    }
    return milliseconds / 1000;
  }
}

function total(counts: Map<Phase, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}
