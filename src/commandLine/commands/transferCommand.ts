import type { Command } from "commander";
import { parseSource } from "../../conditions/parseSource.ts";
import type { Engine } from "../../engine/engine.ts";
import { defaultValidationOptions } from "../../ged/validation/options.ts";
import { writtenVariances } from "../../runs/written/variances.ts";
import { parseCount } from "../arguments.ts";
import { describeTransfer } from "../describe/describeTransfer.ts";
import { printJson, printLines } from "../output.ts";
import { quietCall } from "./runCommand.ts";

interface TransferFlags {
  readonly component: number;
  readonly swapped?: boolean;
  readonly permutations: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** `eigenlens transfer RUN TARGET REFERENCE`: a saved direction on other rows. */
export function addTransferCommand(program: Command, engine: Engine): void {
  const { permutations, seed } = defaultValidationOptions;
  program
    .command("transfer")
    .description("try a saved direction on other files, whose rows the fit has not seen")
    .argument("<run>", "a run document (NAME.ged.safetensors)")
    .argument("<target>", "the source of the condition that the run's target stands for")
    .argument("<reference>", "the source of the other condition")
    .option("--component <number>", "which component, from 1", parseCount(1), 1)
    .option("--swapped", "of the direction that carries the run's reference")
    .option("--permutations <count>", "permutations of the labels", parseCount(0), permutations)
    .option("--seed <number>", "seed of the permutations", parseCount(0), seed)
    .option("--json", "print one JSON object")
    .action(async (path: string, target: string, reference: string, flags: TransferFlags) => {
      const report = await engine.transfer(
        await engine.readDocument({ path }),
        flags.swapped === true ? "swapped" : "forward",
        flags.component - 1,
        {
          target: parseSource(target),
          reference: parseSource(reference),
          permutations: flags.permutations,
          seed: flags.seed,
        },
        quietCall(),
      );
      if (flags.json === true) {
        printJson({ ...report, score: writtenVariances(report.score) });
        return;
      }
      printLines(...describeTransfer(report, flags.component));
    });
}
