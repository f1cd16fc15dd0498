import { distinctNames } from "../../conditions/naming/distinctNames.ts";
import { correctOverLayers } from "../../ged/validation/layers/correctOverLayers.ts";
import type { SweptLayer, SweptLayers, SweepRequest } from "../../protocol/sweep.ts";
import { printable } from "../../text/printable.ts";
import type { EngineCall } from "../engineCall.ts";
import { withCorrectedP } from "./describeLayer.ts";
import { runInTurn, type RunOutcome, type RunsEngine } from "./inTurn.ts";

/**
 * Compress-then-separate on every layer in turn, and one p for the best of them ({@link correctOverLayers}) once all
 * are done. A layer that fails says why and the sweep goes on.
 * @param request which pairs, with what options
 * @param call told all layers so far while the next ones are computed
 * @throws CancelledError
 */
export async function sweepLayers(
  engine: RunsEngine,
  request: SweepRequest,
  call: EngineCall,
): Promise<SweptLayers> {
  const places = request.pairs.map(({ layer, label, target, reference }) => {
    const names = distinctNames(target, reference);
    return {
      ...{ layer, label },
      target: { ...target.source, name: names[0] },
      reference: { ...reference.source, name: names[1] },
    };
  });
  const swept = (outcomes: readonly RunOutcome<(typeof places)[number]>[]): SweptLayer[] =>
    outcomes.map(({ report: _report, pair, ...outcome }) => ({ ...pair, ...outcome }));
  const outcomes = await runInTurn(
    engine,
    places,
    request,
    call.cancellation,
    ({ pair, outcomes: done, ...progress }) => {
      const { layer, label } = pair;
      call.report({
        step: `Layer ${layer}: ${printable(label)}`,
        ...progress,
        layers: swept(done),
      });
    },
  );
  const reports = outcomes.map(({ report }) => report);
  const corrected = correctOverLayers(reports);
  return {
    layers: swept(outcomes).map((layer, i) => withCorrectedP(layer, corrected[i])),
    reports,
  };
}
