import type { Command } from "commander";
import { defaultValidationOptions, type ValidationOptions } from "../ged/validation/options.ts";
import type { FoundStructure } from "../ged/validation/design/design.ts";
import { parseChoice, parseCount, parseRows } from "./arguments.ts";

/** The options of a validation as commander hands them over. */
export interface ValidationFlags {
  readonly validate?: boolean;
  readonly folds: number;
  readonly repeats: number;
  readonly permutations?: number;
  readonly seed: number;
  readonly extended: boolean;
  readonly tune?: boolean;
  readonly trainRows?: { readonly start: number; readonly stop: number };
  readonly testRows?: { readonly start: number; readonly stop: number };
  readonly ignore?: readonly (keyof FoundStructure)[];
}

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
      ? asked.option(
          "--tune",
          "validate with shrinkage and share chosen by nested folds in every fold and permutation, and run with what all rows choose",
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

/**
 * The validation that the flags ask for; undefined if they ask for none.
 * @param mayEndEarly whether a number of permutations that nobody named may turn out smaller
 */
export function validationOptionsFrom(
  flags: ValidationFlags,
  mayEndEarly = true,
): ValidationOptions | undefined {
  const { folds, repeats, permutations, seed, extended, trainRows, testRows } = flags;
  const { ignore, tune } = flags;
  const validate = flags.validate === true || tune === true;
  if (!validate && trainRows === undefined && testRows === undefined) return undefined;
  return {
    folds,
    repeats,
    permutations: permutations ?? (validate ? defaultValidationOptions.permutations : 0),
    ...(mayEndEarly && permutations === undefined && validate ? { sequential: true } : {}),
    seed,
    extended: extended && validate,
    ...(tune === true ? { tuning: { mostShare: 1 } } : {}),
    ...(ignore === undefined
      ? {}
      : {
          structure: {
            repeats: !ignore.includes("repeats"),
            templates: !ignore.includes("templates"),
            pairs: !ignore.includes("pairs"),
          },
        }),
    ...(trainRows === undefined ? {} : { trainRows }),
    ...(testRows === undefined ? {} : { testRows }),
  };
}

/**
 * The validation of each layer of a sweep; undefined with `--no-validate`. Baselines, bootstrap and grid are left to the
 * runs of single layers.
 */
export function sweepValidationFrom(flags: ValidationFlags): ValidationOptions | undefined {
  // Layers are compared by the same permutations, so that none may have fewer.
  const options = validationOptionsFrom(flags, false);
  return options && { ...options, extended: false };
}

const parseStructure = parseChoice<keyof FoundStructure>("repeats", "templates", "pairs");

/** Words one by one or separated by commas. */
function parseIgnored(
  text: string,
  before: readonly (keyof FoundStructure)[] | undefined,
): readonly (keyof FoundStructure)[] {
  return [...(before ?? []), ...text.split(",").map((word) => parseStructure(word.trim()))];
}
