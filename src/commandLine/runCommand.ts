import type { Command } from "commander";
import { Cancellation } from "../cancellation.ts";
import type { ConditionSource } from "../conditions/condition.ts";
import { parseSource } from "../conditions/parseSource.ts";
import type { Engine, EngineCall } from "../engine/engine.ts";
import { EigenlensError } from "../errors.ts";
import type { ValidationOptions } from "../ged/validate/options.ts";
import type { RunRequest } from "../protocol/engine.ts";
import { encodeDocument } from "../runs/documentFile.ts";
import type { RunSummary } from "../runs/summary.ts";
import { writeFileWhole } from "../runs/writeFileWhole.ts";
import { describeRun } from "./describeRun.ts";
import { addGedFlags, gedOptionsFrom, type GedFlags } from "./gedFlags.ts";
import { printJson, printLines } from "./output.ts";
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
export function addRunCommand(program: Command, engine: Engine): void {
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
      const summary = await runAndValidate(
        engine,
        request,
        validationOptionsFrom(flags),
        flags.out,
      );
      if (flags.json === true) printJson(summary);
      else printLines(...describeRun(summary));
    });
}

/**
 * A run with its validation in it, written where a file is named; without one nothing is mapped to neurons.
 * Where rows to train on are given, the run itself is fitted on them, so that in-sample figure and direction
 * are those that are tested.
 */
async function runAndValidate(
  engine: Engine,
  request: RunRequest,
  validation: ValidationOptions | undefined,
  out: string | undefined,
): Promise<RunSummary> {
  const trainRows = validation?.trainRows;
  const fitted =
    trainRows === undefined
      ? request
      : {
          ...request,
          target: withRows(request.target, trainRows),
          reference: withRows(request.reference, trainRows),
        };
  const document = out === undefined ? undefined : await engine.run(fitted, quietCall());
  const summary = document?.summary ?? (await engine.summarize(fitted, quietCall()));
  const report =
    validation === undefined
      ? null
      : await engine.validate({ ...request, validation }, quietCall());
  const validated = { ...summary, validation: report };
  if (out !== undefined && document !== undefined) {
    await writeFileWhole(out, encodeDocument({ ...document, summary: validated }));
  }
  return validated;
}

function withRows(
  source: ConditionSource,
  rows: NonNullable<ConditionSource["rows"]>,
): ConditionSource {
  if (source.rows === undefined) return { ...source, rows };
  throw new EigenlensError(
    "usage",
    `${source.path} has rows=${source.rows.start}:${source.rows.stop} chosen already: leave that or --train-rows out.`,
  );
}

/** A call that reports to nobody and is cancelled by the process's end. */
export function quietCall(): EngineCall {
  return { cancellation: new Cancellation(), report: () => undefined };
}
