import type { Command } from "commander";
import type { TrackedFiles } from "../activations/trackedFiles.ts";
import { Cancellation } from "../cancellation.ts";
import type { ConditionSource } from "../conditions/condition.ts";
import { parseSource } from "../conditions/parseSource.ts";
import { describeRowRange } from "../conditions/selection/rowRange.ts";
import type { Engine } from "../engine/engine.ts";
import type { EngineCall } from "../engine/engineCall.ts";
import { EigenlensError } from "../errors.ts";
import { checkWritable, writeContent } from "../files/writeWholeFile.ts";
import { mostComponents } from "../ged/method/keep.ts";
import type { GedOptions } from "../ged/method/options.ts";
import type { ValidationReport } from "../ged/validation/report.ts";
import type { ValidationOptions } from "../ged/validation/options.ts";
import type { RunRequest } from "../protocol/engine.ts";
import { documentParts } from "../runs/documentFile.ts";
import type { RunDocument } from "../runs/runDocument.ts";
import type { RunSummary } from "../runs/summary.ts";
import { writtenSummary } from "../runs/written/summary.ts";
import { describeRun } from "./describeRun.ts";
import { addGedFlags, gedOptionsFrom, type GedFlags } from "./gedFlags.ts";
import { printJsonBeside, printLinesBeside } from "./output.ts";
import {
  addValidationFlags,
  validationOptionsFrom,
  type ValidationFlags,
} from "./validationFlags.ts";

interface RunFlags extends GedFlags, ValidationFlags {
  readonly json?: boolean;
  readonly out?: string;
}

/** `eigenlens run TARGET REFERENCE`: compress, then separate; and validate where asked. */
export function addRunCommand(program: Command, engine: Engine, inputs: TrackedFiles): void {
  const command = program
    .command("run")
    .description("find the direction that carries the target and is silent for the reference")
    .argument("<target>", "the source of the condition to carry (S)")
    .argument("<reference>", "the source of the condition to silence (R)");
  addValidationFlags(addGedFlags(command))
    .option("--json", "print one JSON object")
    .option("--out <file>", "write the run document (NAME.ged.safetensors)")
    .action(async (target: string, reference: string, flags: RunFlags) => {
      const request: RunRequest = {
        target: parseSource(target),
        reference: parseSource(reference),
        options: gedOptionsFrom(flags),
      };
      const validation = validationOptionsFrom(flags);
      if (flags.out !== undefined) {
        // Said now rather than after minutes of computing.
        await inputs.add(request.target.path);
        await inputs.add(request.reference.path);
        await checkWritable(flags.out, () => inputs.paths);
      }
      const { document, summary } = await runAndValidate(
        engine,
        request,
        validation,
        flags.out !== undefined,
      );
      if (flags.out !== undefined && document !== undefined) {
        const parts = await documentParts({ ...document, summary });
        await writeContent(flags.out, parts, () => inputs.paths);
      }
      if (flags.json === true) await printJsonBeside(flags.out, writtenSummary(summary));
      else await printLinesBeside(flags.out, ...describeRun(summary));
    });
}

/**
 * A run with its validation in it; without a document nothing is mapped to neurons.
 * If shrinkage and share are to be chosen, that comes first, and the run is made with what all rows choose.
 * Where rows to train on are given, the run itself is fitted on them, so that in-sample figure and direction
 * are those that are tested.
 */
async function runAndValidate(
  engine: Engine,
  request: RunRequest,
  validation: ValidationOptions | undefined,
  documented: boolean,
): Promise<{ document: RunDocument | undefined; summary: RunSummary }> {
  const validate = async () =>
    validation === undefined
      ? null
      : await engine.validate({ ...request, validation }, quietCall());
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
  const document = documented ? await engine.run(fitted, quietCall()) : undefined;
  const summary = document?.summary ?? (await engine.summarize(fitted, quietCall()));
  return { document, summary: { ...summary, validation: tuned ?? (await validate()) } };
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

/** A call that reports to nobody and is cancelled by the process's end. */
export function quietCall(): EngineCall {
  return { cancellation: new Cancellation(), report: () => undefined };
}
