import { mkdir } from "node:fs/promises";
import type { Command } from "commander";
import type { TrackedFiles } from "../../activations/trackedFiles.ts";
import type { Engine } from "../../engine/engine.ts";
import { EigenlensError } from "../../errors.ts";
import { addableDirections } from "../../exports/addedDirection.ts";
import type { ExportedComponent } from "../../exports/bundle/exportedRun.ts";
import { reasonOf } from "../../files/writeReasons.ts";
import { checkWritable, writeContent } from "../../files/writeWholeFile.ts";
import { parseChoice, parseCount } from "../arguments.ts";
import { printLinesBeside } from "../output.ts";
import type { ExportFlags } from "../exportedFiles.ts";
import { readComponent } from "../readComponent.ts";

/** `eigenlens export RUN`: a direction with its evidence, as files of other tools. */
export function addExportCommand(program: Command, engine: Engine, inputs: TrackedFiles): void {
  const command = program
    .command("export")
    .description("write a direction of a finished run for other tools")
    .argument("<run>", "a run document (NAME.ged.safetensors)");
  addComponentFlags(command)
    .option("--direction <file>", "its vectors and numbers (NAME.direction.safetensors)")
    .option("--gguf <file>", "a control vector for llama.cpp, repeng, EasySteer (residual stream)")
    .option(
      `--use <direction>`,
      `what a control vector adds: ${addableDirections.join(", ")}`,
      parseChoice(...addableDirections),
      "mean-difference",
    )
    .option("--report <file>", "a report with methods, tables, figures and references (html or md)")
    .option("--figures <folder>", "its figures as svg, with their captions")
    .option("--tables <folder>", "its tables as csv")
    .option("--notebook <file>", "a Jupyter notebook that makes the run again (ipynb)")
    .action(async (path: string, flags: ExportFlags) => {
      const exported = await readComponent(engine, inputs, path, flags);
      const { exportsOf, notebookOf } = await import("../exportedFiles.ts");
      const made = [
        ...exportsOf(exported, flags),
        ...(await notebookOf(exported, flags.notebook, engine)),
      ];
      if (made.length === 0) {
        throw new EigenlensError(
          "usage",
          "Nothing was asked for: say --direction, --gguf, --report, --figures, --tables or --notebook (see eigenlens export --help).",
        );
      }
      for (const folder of [flags.figures, flags.tables]) {
        if (folder !== undefined) await makeFolder(folder);
      }
      // All are made and every place is looked at before the first is written.
      for (const { out } of made) await checkWritable(out, () => inputs.paths);
      for (const { out, content } of made) {
        await writeContent(out, content, () => inputs.paths);
        await printLinesBeside(out, `${out}: ${describe(exported)}`);
      }
    });
}

/** Adds `--component` and `--swapped`. */
export function addComponentFlags(command: Command): Command {
  return command
    .option("--component <number>", "which component, from 1", parseCount(1), 1)
    .option("--swapped", "of the direction that carries the run's reference");
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new EigenlensError(
      "file-access",
      `The folder ${path} could not be made: ${reasonOf(cause)}.`,
      { cause },
    );
  }
}

function describe({ document, component }: ExportedComponent): string {
  const { target, reference } = document.summary;
  const [carried, silent] =
    component.direction === "forward" ? [target, reference] : [reference, target];
  return `component ${component.index + 1} of ${carried.name} over ${silent.name}`;
}
