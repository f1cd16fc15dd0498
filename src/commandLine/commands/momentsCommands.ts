import type { Command } from "commander";
import type { TrackedFiles } from "../../activations/trackedFiles.ts";
import type { ConditionSource } from "../../conditions/condition.ts";
import { parseSource } from "../../conditions/parseSource.ts";
import type { Engine } from "../../engine/engine.ts";
import type { WrittenMoments } from "../../engine/moments/makeMoments.ts";
import { EigenlensError } from "../../errors.ts";
import { checkWritable } from "../../files/writeWholeFile.ts";
import { defaultValidationOptions } from "../../ged/validation/options.ts";
import { printable } from "../../text/printable.ts";
import { parseCount } from "../arguments.ts";
import { formatCount } from "../format.ts";
import { printError, printLinesBeside } from "../output.ts";
import { quietCall } from "./runCommand.ts";

/** `eigenlens moments him=SOURCE her=SOURCE --out X.moments.safetensors`: sums in place of rows. */
export function addMomentsCommand(program: Command, engine: Engine, inputs: TrackedFiles): void {
  const { folds, seed } = defaultValidationOptions;
  program
    .command("moments")
    .description("sum the moments of conditions, so that runs and validations need no rows")
    .argument("<conditions...>", "NAME=SOURCE of each condition")
    .requiredOption("--out <file>", "the document to write (NAME.moments.safetensors)")
    .option("--folds <count>", "folds of the later validation, 0 for none", parseCount(0), folds)
    .option("--seed <number>", "seed of the folds", parseCount(0), seed)
    .action(
      async (
        words: string[],
        flags: { out: string; folds: number; seed: number },
      ): Promise<void> => {
        if (flags.folds === 1) {
          throw new EigenlensError(
            "usage",
            "One fold leaves nothing to fit on: choose --folds 2 or more, or 0 for none.",
          );
        }
        const conditions = words.map(parseNamedSource);
        for (const { source } of conditions) await inputs.add(source.path);
        await checkWritable(flags.out, () => inputs.paths);
        const { out, folds: count, seed: chosen } = flags;
        const request = { conditions, folds: count, seed: chosen, out };
        await tell(out, await engine.moments.make(request, quietCall()));
      },
    );
}

/** `eigenlens merge A B --out X.moments.safetensors`: what the jobs of an array summed, together. */
export function addMergeCommand(program: Command, engine: Engine, inputs: TrackedFiles): void {
  program
    .command("merge")
    .description("add up moments documents, such as those of a job array")
    .argument("<files...>", "the moments documents")
    .requiredOption("--out <file>", "the document to write (NAME.moments.safetensors)")
    .action(async (files: string[], { out }: { out: string }) => {
      for (const file of files) await inputs.add(file);
      await checkWritable(out, () => inputs.paths);
      await tell(out, await engine.moments.merge(files, out));
    });
}

/** The first `=` ends the name, unless it stands in a selection. */
function parseNamedSource(word: string): { name: string; source: ConditionSource } {
  const [, name, source] = /^([^=[\]#]+)=(.+)$/s.exec(word) ?? [];
  if (name === undefined || source === undefined) {
    throw new EigenlensError(
      "usage",
      `"${printable(word, 100)}" does not say what its condition is called: write NAME=SOURCE, such as him=him.npy.`,
    );
  }
  return { name, source: parseSource(source) };
}

async function tell(out: string, written: WrittenMoments): Promise<void> {
  const { columns, conditions, assignment, notes } = written;
  for (const note of notes) printError(`Note: ${note}`);
  const rows = conditions.map(({ name, rows }) => `${printable(name, 100)} ${formatCount(rows)}`);
  const folds =
    assignment === undefined
      ? "no folds"
      : `${assignment.folds} folds (by ${assignment.rule} of ${assignment.unit}, seed ${assignment.seed})`;
  await printLinesBeside(out, `${out}: rows of ${rows.join(", ")}; ${columns} neurons, ${folds}`);
}
