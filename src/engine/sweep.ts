import { distinctNames } from "../conditions/naming/distinctNames.ts";
import { CancelledError, describeError } from "../errors.ts";
import { ofDirections } from "../ged/method/directions.ts";
import type { EngineArgument, RunRequest } from "../protocol/engine.ts";
import type { SweptDirection, SweptLayer, SweepRequest } from "../protocol/sweep.ts";
import type { DirectionReport, ValidationReport } from "../ged/validation/report.ts";
import type { RunSummary, SeparationSummary } from "../runs/summary.ts";
import type { EngineCall } from "./engineCall.ts";
import { printable } from "../text/printable.ts";

/** What a sweep asks of the engine for each layer. */
interface SweepingEngine {
  summarize(request: RunRequest, call: EngineCall): Promise<RunSummary>;
  validate(request: EngineArgument<"validate">, call: EngineCall): Promise<ValidationReport>;
}

/**
 * Compress-then-separate on every layer in turn. A layer that fails says why and the sweep goes on.
 * @param request which pairs, with what options
 * @param call told all layers so far after each
 * @throws CancelledError
 */
export async function sweepLayers(
  engine: SweepingEngine,
  request: SweepRequest,
  call: EngineCall,
): Promise<SweptLayer[]> {
  const layers: SweptLayer[] = [];
  const started = performance.now();
  for (const pair of request.pairs) {
    const { layer, label } = pair;
    call.cancellation.throwIfRequested();
    const names = distinctNames(pair.target, pair.reference);
    const sources = {
      target: { ...pair.target.source, name: names[0] },
      reference: { ...pair.reference.source, name: names[1] },
    };
    layers.push({
      layer,
      label,
      ...sources,
      ...(await runLayer(engine, { ...sources, options: request.options }, request, call)),
    });
    const perLayer = (performance.now() - started) / 1000 / layers.length;
    call.report({
      step: `Layer ${layer}: ${printable(label)}`,
      fraction: layers.length / request.pairs.length,
      secondsLeft: perLayer * (request.pairs.length - layers.length),
      layers: [...layers],
    });
  }
  return layers;
}

async function runLayer(
  engine: SweepingEngine,
  run: RunRequest,
  { validation }: SweepRequest,
  call: EngineCall,
): Promise<Pick<SweptLayer, "found" | "error">> {
  const quiet: EngineCall = { cancellation: call.cancellation, report: () => undefined };
  try {
    const summary = await engine.summarize(run, quiet);
    const report =
      validation === undefined ? null : await engine.validate({ ...run, validation }, quiet);
    return { found: describeLayer(summary, report) };
  } catch (thrown) {
    if (thrown instanceof CancelledError) throw thrown;
    return { error: describeError(thrown).message };
  }
}

function describeLayer(
  summary: RunSummary,
  report: ValidationReport | null,
): NonNullable<SweptLayer["found"]> {
  return {
    rows: { target: summary.target.rows, reference: summary.reference.rows },
    columns: summary.target.columns,
    components: summary.compression.components,
    varianceKept: summary.compression.varianceKept,
    rank: { target: summary.rank.target, reference: summary.rank.reference },
    ...ofDirections((direction) =>
      describeDirection(summary.directions[direction], report?.directions[direction]),
    ),
    seconds: summary.seconds.total + (report?.seconds ?? 0),
  };
}

function describeDirection(
  separation: SeparationSummary,
  report: DirectionReport | undefined,
): SweptDirection {
  const interval = report?.heldOutRatioInterval;
  return {
    eigenvalue: separation.eigenvalues[0],
    inSampleRatio: separation.carriedVariance[0] / separation.silencedVariance[0],
    heldOutRatio: report?.heldOut?.ratio ?? null,
    ...(interval === undefined ? {} : { heldOutRatioInterval: interval }),
  };
}
