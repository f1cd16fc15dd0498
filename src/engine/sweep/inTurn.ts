import { CancelledError, describeError } from "../../errors.ts";
import type { ValidationReport } from "../../ged/validation/report.ts";
import type { EngineArgument, RunRequest } from "../../protocol/engine.ts";
import type { SweepRequest, SweptLayer } from "../../protocol/sweep.ts";
import type { RunSummary } from "../../runs/summary.ts";
import type { EngineCall } from "../engineCall.ts";
import type { SummaryRequest } from "../rowRuns.ts";
import { describeLayer } from "./describeLayer.ts";

/** What is asked of the engine for each run. */
export interface RunsEngine {
  summarize(request: SummaryRequest, call: EngineCall): Promise<RunSummary>;
  validate(request: EngineArgument<"validate">, call: EngineCall): Promise<ValidationReport>;
}

/** Two conditions, and whatever else is known of them. */
type Conditions = Pick<RunRequest, "target" | "reference">;

/** What one run gave: figures, or why there are none. */
export type RunOutcome<Pair> = Pick<SweptLayer, "found" | "error"> & {
  readonly pair: Pair;
  /** Null if it was not validated. */
  readonly report: ValidationReport | null;
};

/** Where a series of runs stands. */
export interface SeriesProgress<Pair> {
  /** Whose run is under way. */
  readonly pair: Pair;
  readonly fraction: number;
  readonly secondsLeft?: number;
  /** Of the runs that are done. */
  readonly outcomes: readonly RunOutcome<Pair>[];
}

/**
 * Compress-then-separate on several pairs of conditions, one after the other, each validated if `validation` is given. A
 * run that fails says why and the others go on.
 * @throws CancelledError
 */
export async function runInTurn<Pair extends Conditions>(
  engine: RunsEngine,
  pairs: readonly Pair[],
  { options, validation }: Pick<SweepRequest, "options" | "validation">,
  cancellation: EngineCall["cancellation"],
  report: (progress: SeriesProgress<Pair>) => void,
): Promise<RunOutcome<Pair>[]> {
  const outcomes: RunOutcome<Pair>[] = [];
  const started = performance.now();
  for (const [run, pair] of pairs.entries()) {
    cancellation.throwIfRequested();
    const tell = (within: number): void => {
      const fraction = (run + within) / pairs.length;
      const elapsed = (performance.now() - started) / 1000;
      const secondsLeft =
        fraction > 0 ? { secondsLeft: (elapsed / fraction) * (1 - fraction) } : {};
      report({ pair, fraction, ...secondsLeft, outcomes: [...outcomes] });
    };
    tell(0);
    const quiet: EngineCall = { cancellation, report: () => undefined };
    const asked: RunRequest = { target: pair.target, reference: pair.reference, options };
    try {
      const summary = await engine.summarize({ ...asked, again: validation !== undefined }, quiet);
      const found =
        validation === undefined
          ? null
          : await engine.validate(
              { ...asked, validation },
              {
                cancellation,
                report: ({ fraction }) => {
                  if (fraction !== undefined) tell(fraction);
                },
              },
            );
      outcomes.push({ pair, found: describeLayer(summary, found), report: found });
    } catch (thrown) {
      if (thrown instanceof CancelledError) throw thrown;
      outcomes.push({ pair, error: describeError(thrown).message, report: null });
    }
    report({ pair, fraction: (run + 1) / pairs.length, outcomes: [...outcomes] });
  }
  return outcomes;
}
