import type { Command } from "commander";
import { Cancellation } from "../cancellation.ts";
import { parseSource } from "../conditions/parseSource.ts";
import type { Engine, EngineCall } from "../engine/engine.ts";
import { defaultGedOptions, type GedOptions } from "../ged/options.ts";
import { encodeDocument } from "../runs/documentFile.ts";
import { writeFileWhole } from "../runs/writeFileWhole.ts";
import { parseChoice, parseCount, parseNumber } from "./arguments.ts";
import { describeRun } from "./describeRun.ts";

interface RunFlags {
  readonly variance: number;
  readonly components?: number;
  readonly shrinkage: number;
  readonly route: GedOptions["route"];
  readonly engine: GedOptions["engine"];
  readonly precision: GedOptions["precision"];
  readonly json?: boolean;
  readonly out?: string;
}

/** `eigenlens run TARGET REFERENCE`: compress, then separate. */
export function addRunCommand(program: Command, engine: Engine): void {
  const defaults = defaultGedOptions;
  program
    .command("run")
    .description("find the direction that carries the target and is silent for the reference")
    .argument("<target>", "the source of the condition to carry (S)")
    .argument("<reference>", "the source of the condition to silence (R)")
    .option("--variance <share>", "share of variance to keep", parseNumber, defaults.variance)
    .option("--components <count>", "keep exactly this many components instead", parseCount(1))
    .option("--shrinkage <gamma>", "g of R~ = (1-g) R + g a I", parseNumber, defaults.shrinkage)
    .option(
      "--route <route>",
      "auto, gram or covariance",
      parseChoice("auto", "gram", "covariance"),
      defaults.route,
    )
    .option(
      "--engine <engine>",
      "auto, wasm, tensorflow or script",
      parseChoice("auto", "wasm", "tensorflow", "script"),
      defaults.engine,
    )
    .option(
      "--precision <precision>",
      "auto, double or single",
      parseChoice("auto", "double", "single"),
      defaults.precision,
    )
    .option("--json", "print one JSON object")
    .option("--out <file>", "write the run document (NAME.ged.safetensors)")
    .action(async (target: string, reference: string, flags: RunFlags) => {
      const { json, out, ...rest } = flags;
      const options: GedOptions = { ...defaults, ...rest };
      const document = await engine.run(
        { target: parseSource(target), reference: parseSource(reference), options },
        quietCall(),
      );
      if (out !== undefined) await writeFileWhole(out, encodeDocument(document));
      process.stdout.write(
        json === true ? `${JSON.stringify(document.summary)}\n` : describeRun(document.summary),
      );
    });
}

/** A call that reports to nobody and is cancelled by the process's end. */
export function quietCall(): EngineCall {
  return { cancellation: new Cancellation(), report: () => undefined };
}
