import { basename } from "node:path";
import type { Command } from "commander";
import { captureLibraries, namedSites, type CaptureOptions } from "../../capture/options.ts";
import { parseConditions, parseLayers, parseTokenRule } from "../../capture/parse.ts";
import { EigenlensError } from "../../errors.ts";
import { writeContent } from "../../files/writeWholeFile.ts";
import { parseChoice } from "../arguments.ts";
import { printLinesBeside, printVerbatim } from "../output.ts";

interface CaptureFlags extends CaptureOptions {
  readonly out?: string;
}

/** `eigenlens capture-script`: a Python script that writes the files which `run` and `sweep` read. */
export function addCaptureCommand(program: Command): void {
  program
    .command("capture-script")
    .description("write a Python script that captures activations of two conditions")
    .requiredOption(
      "--library <library>",
      `the library that holds the model: ${captureLibraries.join(", ")}`,
      parseChoice(...captureLibraries),
    )
    .requiredOption("--model <name>", "a model's name on the hub, or its folder")
    .option("--revision <revision>", "of a model on the hub: branch, tag or commit")
    .requiredOption(
      "--site <site>",
      `${Object.keys(namedSites).join(", ")}, or a path such as transformer.h.{layer}.mlp`,
    )
    .requiredOption(
      "--layers <numbers>",
      "blocks, counted from 0, such as 0,6 or 0-11",
      parseLayers,
    )
    .option(
      "--token <token>",
      "last, mean, a number, a word, or a word for each condition such as him/her",
      parseTokenRule,
      { kind: "last" } as const,
    )
    .requiredOption("--prompts <file>", "json, jsonl, csv or tsv with a column for each condition")
    .requiredOption("--conditions <names>", "the two columns, such as him,her", parseConditions)
    .option("--folder <folder>", "where the script writes to", "activations")
    .option("--out <file>", "write the script to a file")
    .action(async ({ out, ...options }: CaptureFlags) => {
      const { captureScript } = await import("../../capture/captureScript.ts");
      const script = captureScript(options);
      if (out !== undefined) checkShadows(out);
      if (out === undefined) {
        printVerbatim(script);
        return;
      }
      await writeContent(out, script, () => [options.prompts]);
      await printLinesBeside(out, `${out}: run it with Python, from the folder of this command.`);
    });
}

const imported = ["torch", "transformers", "transformer_lens", "nnsight", "vllm"];

/** A script called as what it imports would import itself. */
function checkShadows(out: string): void {
  const name = basename(out, ".py");
  if (!imported.includes(name)) return;
  throw new EigenlensError(
    "usage",
    `${out} would be imported in place of the library ${name}: write the script to another name, such as capture.py.`,
  );
}
