import { CancelledError, describeError } from "../../errors.ts";
import type { ValidationReport } from "../../ged/validation/report.ts";
import type { EngineArgument, RunRequest } from "../../protocol/engine.ts";
import type { SweepRequest, SweptLayer } from "../../protocol/sweep.ts";
import type { RunSummary } from "../../runs/summary.ts";
import type { EngineCall } from "../engineCall.ts";
import { describeLayer } from "./describeLayer.ts";

/** What is asked of the engine for each run. */
export interface RunsEngine {
  summarize(request: RunRequest, call: EngineCall): Promise<RunSummary>;
  validate(request: EngineArgument<"validate">, call: EngineCall): Promise<ValidationReport>;
}

/** What one run gave: figures, or why there are none. */
export type RunOutcome = Pick<SweptLayer, "found" | "error"> & {
  /** Null if it was not validated. */
  readonly report: ValidationReport | null;
};

/** Where a series of runs stands. */
export interface SeriesProgress {
  /** Which run is under way, from 0. */
  readonly run: number;
  readonly fraction: number;
  readonly secondsLeft?: number;
  /** Of the runs that are done. */
  readonly outcomes: readonly RunOutcome[];
}

/**
 * Compress-then-separate on several pairs of conditions, one after the other, each validated if `validation` is given. A
 * run that fails says why and the others go on.
 * @throws CancelledError
 */
export async function runInTurn(
  engine: RunsEngine,
  pairs: readonly Pick<RunRequest, "target" | "reference">[],
  { options, validation }: Pick<SweepRequest, "options" | "validation">,
  cancellation: EngineCall["cancellation"],
  report: (progress: SeriesProgress) => void,
): Promise<RunOutcome[]> {
  const outcomes: RunOutcome[] = [];
  const started = performance.now();
  for (const [run, pair] of pairs.entries()) {
    cancellation.throwIfRequested();
    const tell = (within: number): void => {
      const fraction = (run + within) / pairs.length;
      const elapsed = (performance.now() - started) / 1000;
      const secondsLeft =
        fraction > 0 ? { secondsLeft: (elapsed / fraction) * (1 - fraction) } : {};
      report({ run, fraction, ...secondsLeft, outcomes: [...outcomes] });
    };
    tell(0);
    const quiet: EngineCall = { cancellation, report: () => undefined };
    const asked: RunRequest = { target: pair.target, reference: pair.reference, options };
    try {
      const summary = await engine.summarize(asked, quiet);
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
      outcomes.push({ found: describeLayer(summary, found), report: found });
    } catch (thrown) {
      if (thrown instanceof CancelledError) throw thrown;
      outcomes.push({ error: describeError(thrown).message, report: null });
    }
    report({ run, fraction: (run + 1) / pairs.length, outcomes: [...outcomes] });
  }
  return outcomes;
}
