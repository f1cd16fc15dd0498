import type { Command } from "commander";
import { defaultValidationOptions, secondShrinkage } from "../ged/validation/options.ts";
import type { FoundStructure } from "../ged/validation/design/design.ts";
import { parseChoice, parseCount, parseNumber, parseRows } from "./arguments.ts";

/**
 * Adds the flags of a validation: asked for with `--validate` in a run; in a sweep, whose best layer means nothing without
 * it, left out with `--no-validate`.
 */
export function addValidationFlags(command: Command, of: "run" | "sweep" = "run"): Command {
  const defaults = defaultValidationOptions;
  const asked =
    of === "run"
      ? command.option("--validate", "add what survives on held-out rows and under permuted labels")
      : command.option(
          "--no-validate",
          "leave out what survives held out and under permuted labels",
        );
  const chosen =
    of === "run"
      ? asked
          .option(
            "--tune",
            "validate with shrinkage and share chosen by nested folds in every fold and permutation, and run with what all rows choose",
          )
          .option(
            "--second-shrinkage <number>",
            `validate, and fit all folds and permutations once more with this shrinkage, such as ${secondShrinkage}: a second test, as a check of power`,
            parseNumber,
          )
      : asked;
  return chosen
    .option("--folds <count>", "folds of the cross-validation", parseCount(2), defaults.folds)
    .option("--repeats <count>", "repeats of the cross-validation", parseCount(1), defaults.repeats)
    .option(
      "--permutations <count>",
      `permutations of the labels (default: ${of === "run" ? `up to ${defaults.permutations} with --validate, fewer if no p needs them` : defaults.permutations})`,
      parseCount(0),
    )
    .option("--seed <number>", "seed of folds and permutations", parseCount(0), defaults.seed)
    .option(
      "--ignore <what...>",
      "dependence found in the rows that is not taken into account: repeats, templates, pairs",
      parseIgnored,
    )
    .option("--no-extended", "leave out baselines, bootstrap and the shrinkage x share grid")
    .option("--train-rows <rows>", "fit on exactly these rows of both conditions: 0:53", parseRows)
    .option(
      "--test-rows <rows>",
      "test on exactly these rows of both conditions: 53:400",
      parseRows,
    );
}

const parseStructure = parseChoice<keyof FoundStructure>("repeats", "templates", "pairs");

/** Words one by one or separated by commas. */
function parseIgnored(
  text: string,
  before: readonly (keyof FoundStructure)[] | undefined,
): readonly (keyof FoundStructure)[] {
  return [...(before ?? []), ...text.split(",").map((word) => parseStructure(word.trim()))];
}
