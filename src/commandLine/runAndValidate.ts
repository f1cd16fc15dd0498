import type { ConditionSource } from "../conditions/condition.ts";
import { describeRowRange } from "../conditions/selection/rowRange.ts";
import type { Engine } from "../engine/engine.ts";
import type { EngineCall } from "../engine/engineCall.ts";
import { EigenlensError } from "../errors.ts";
import { mostComponents } from "../ged/method/keep.ts";
import type { GedOptions } from "../ged/method/options.ts";
import type { ValidationReport } from "../ged/validation/report.ts";
import type { ValidationOptions } from "../ged/validation/options.ts";
import type { RunRequest } from "../protocol/engine.ts";
import type { RunDocument } from "../runs/runDocument.ts";
import type { RunSummary } from "../runs/summary.ts";

/**
 * A run with its validation in it; without a document nothing is mapped to neurons.
 * If shrinkage and share are to be chosen, that comes first, and the run is made with what all rows choose.
 * Where rows to train on are given, the run itself is fitted on them, so that in-sample figure and direction
 * are those that are tested.
 * @param validation undefined if there is to be none
 * @throws EigenlensError as the engine does; CancelledError
 */
export async function runAndValidate(
  engine: Engine,
  request: RunRequest,
  validation: ValidationOptions | undefined,
  documented: boolean,
  call: EngineCall,
): Promise<{ document: RunDocument | undefined; summary: RunSummary }> {
  const validate = async () =>
    validation === undefined ? null : await engine.validate({ ...request, validation }, call);
  const tuned = validation?.tuning === undefined ? null : await validate();
  const chosen = { ...request, options: tunedOptions(request.options, tuned) };
  const trainRows = validation?.trainRows;
  const fitted =
    trainRows === undefined
      ? chosen
      : {
          ...chosen,
          target: withRows(request.target, trainRows),
          reference: withRows(request.reference, trainRows),
        };
  // Most of the time goes into the validation, whose fraction is the one that is told.
  const first: EngineCall =
    validation === undefined ? call : { ...call, report: ({ step }) => call.report({ step }) };
  const made = documented ? await engine.run(fitted, first) : undefined;
  const found =
    made?.summary ??
    (await engine.summarize({ ...fitted, again: validation !== undefined }, first));
  const summary = { ...found, validation: tuned ?? (await validate()) };
  return { document: made && { ...made, summary }, summary };
}

/** With the shrinkage and share that a validation chose, if it did; a limit of the components stays. */
function tunedOptions(options: GedOptions, report: ValidationReport | null): GedOptions {
  if (report?.tuning === undefined) return options;
  const { shrinkage, share } = report.tuning.chosen;
  const most = mostComponents(options.keep);
  return {
    ...options,
    shrinkage,
    keep: most === Infinity ? { share } : { share, atMost: most },
  };
}

function withRows(
  source: ConditionSource,
  rows: NonNullable<ConditionSource["rows"]>,
): ConditionSource {
  if (source.rows === undefined) return { ...source, rows };
  throw new EigenlensError(
    "usage",
    `${source.path} has rows=${describeRowRange(source.rows)} chosen already: leave that or --train-rows out.`,
  );
}
