import { distinctNames } from "../../conditions/naming/distinctNames.ts";
import type { LayerPair } from "../../conditions/naming/pairLayers.ts";
import { CancelledError, describeError } from "../../errors.ts";
import { correctOverLayers } from "../../ged/validation/layers/correctOverLayers.ts";
import type { ValidationReport } from "../../ged/validation/report.ts";
import type { EngineArgument, RunRequest } from "../../protocol/engine.ts";
import type { SweptLayer, SweptLayers, SweepRequest } from "../../protocol/sweep.ts";
import type { RunSummary } from "../../runs/summary.ts";
import { printable } from "../../text/printable.ts";
import type { EngineCall } from "../engineCall.ts";
import { describeLayer, withCorrectedP } from "./describeLayer.ts";

/** What a sweep asks of the engine for each layer. */
interface SweepEngine {
  summarize(request: RunRequest, call: EngineCall): Promise<RunSummary>;
  validate(request: EngineArgument<"validate">, call: EngineCall): Promise<ValidationReport>;
}

/**
 * Compress-then-separate on every layer in turn, and one p for the best of them ({@link correctOverLayers}) once all
 * are done. A layer that fails says why and the sweep goes on.
 * @param request which pairs, with what options
 * @param call told all layers so far while the next ones are computed
 * @throws CancelledError
 */
export async function sweepLayers(
  engine: SweepEngine,
  request: SweepRequest,
  call: EngineCall,
): Promise<SweptLayers> {
  const layers: SweptLayer[] = [];
  const reports: (ValidationReport | null)[] = [];
  const started = performance.now();
  for (const pair of request.pairs) {
    call.cancellation.throwIfRequested();
    const done = layers.length;
    const count = request.pairs.length;
    const step = `Layer ${pair.layer}: ${printable(pair.label)}`;
    const tell = (within: number): void => {
      const share = (done + within) / count;
      const elapsed = (performance.now() - started) / 1000;
      call.report({
        step,
        fraction: share,
        ...(share > 0 ? { secondsLeft: (elapsed / share) * (1 - share) } : {}),
        layers: [...layers],
      });
    };
    tell(0);
    const { layer, report } = await sweepLayer(engine, pair, request, {
      cancellation: call.cancellation,
      report: ({ fraction }) => {
        if (fraction !== undefined) tell(fraction);
      },
    });
    layers.push(layer);
    reports.push(report);
    call.report({ step, fraction: layers.length / count, layers: [...layers] });
  }
  const corrected = correctOverLayers(reports);
  return {
    layers: layers.map((layer, i) => withCorrectedP(layer, corrected[i])),
    reports,
  };
}

async function sweepLayer(
  engine: SweepEngine,
  pair: LayerPair,
  { options, validation }: SweepRequest,
  call: EngineCall,
): Promise<{ layer: SweptLayer; report: ValidationReport | null }> {
  const names = distinctNames(pair.target, pair.reference);
  const run: RunRequest = {
    target: { ...pair.target.source, name: names[0] },
    reference: { ...pair.reference.source, name: names[1] },
    options,
  };
  const { target, reference } = run;
  const place = { layer: pair.layer, label: pair.label, target, reference };
  const quiet: EngineCall = { cancellation: call.cancellation, report: () => undefined };
  try {
    const summary = await engine.summarize(run, quiet);
    const report =
      validation === undefined ? null : await engine.validate({ ...run, validation }, call);
    return { layer: { ...place, found: describeLayer(summary, report) }, report };
  } catch (thrown) {
    if (thrown instanceof CancelledError) throw thrown;
    return { layer: { ...place, error: describeError(thrown).message }, report: null };
  }
}
