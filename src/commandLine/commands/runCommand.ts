import type { Command } from "commander";
import type { TrackedFiles } from "../../activations/trackedFiles.ts";
import { Cancellation } from "../../cancellation.ts";
import { parseSource } from "../../conditions/parseSource.ts";
import type { Engine } from "../../engine/engine.ts";
import type { EngineCall } from "../../engine/engineCall.ts";
import { checkWritable, writeContent } from "../../files/writeWholeFile.ts";
import type { RunRequest } from "../../protocol/engine.ts";
import { documentParts } from "../../runs/documentFile.ts";
import { writtenSummary } from "../../runs/written/summary.ts";
import { describeRun } from "../describe/describeRun.ts";
import { addGedFlags, gedOptionsFrom, type GedFlags } from "../gedFlags.ts";
import { printJsonBeside, printLinesBeside } from "../output.ts";
import { runAndValidate } from "../runAndValidate.ts";
import { addValidationFlags } from "../validationFlags.ts";
import { validationOptionsFrom, type ValidationFlags } from "../validationOptions.ts";

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
        quietCall(),
      );
      if (flags.out !== undefined && document !== undefined) {
        await writeContent(flags.out, await documentParts(document), () => inputs.paths);
      }
      if (flags.json === true) await printJsonBeside(flags.out, writtenSummary(summary));
      else await printLinesBeside(flags.out, ...describeRun(summary));
    });
}

/** A call that reports to nobody and is cancelled by the process's end. */
export function quietCall(): EngineCall {
  return { cancellation: new Cancellation(), report: () => undefined };
}
