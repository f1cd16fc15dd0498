import type { Command } from "commander";
import { defaultValidationOptions, type ValidationOptions } from "../ged/validation/options.ts";
import { parseCount, parseRows } from "./arguments.ts";

/** The options of a validation as commander hands them over. */
export interface ValidationFlags {
  readonly validate?: boolean;
  readonly folds: number;
  readonly repeats: number;
  readonly permutations?: number;
  readonly seed: number;
  readonly extended: boolean;
  readonly trainRows?: { readonly start: number; readonly stop: number };
  readonly testRows?: { readonly start: number; readonly stop: number };
}

/** Adds `--validate` and what belongs to it. */
export function addValidationFlags(command: Command): Command {
  const defaults = defaultValidationOptions;
  return command
    .option("--validate", "add what survives on held-out rows and under exchanged labels")
    .option("--folds <count>", "folds of the cross-validation", parseCount(2), defaults.folds)
    .option("--repeats <count>", "repeats of the cross-validation", parseCount(1), defaults.repeats)
    .option(
      "--permutations <count>",
      `exchanges of labels (default: ${defaults.permutations} with --validate)`,
      parseCount(0),
    )
    .option("--seed <number>", "seed of folds and permutations", parseCount(0), defaults.seed)
    .option("--no-extended", "leave out baselines, bootstrap and the shrinkage x share grid")
    .option("--train-rows <rows>", "fit on exactly these rows of both conditions: 0:53", parseRows)
    .option(
      "--test-rows <rows>",
      "test on exactly these rows of both conditions: 53:400",
      parseRows,
    );
}

/** The validation that the flags ask for; undefined where they ask for none. */
export function validationOptionsFrom(flags: ValidationFlags): ValidationOptions | undefined {
  const { validate, folds, repeats, permutations, seed, extended, trainRows, testRows } = flags;
  if (validate !== true && trainRows === undefined && testRows === undefined) return undefined;
  return {
    folds,
    repeats,
    permutations: permutations ?? (validate === true ? defaultValidationOptions.permutations : 0),
    seed,
    extended: extended && validate === true,
    ...(trainRows === undefined ? {} : { trainRows }),
    ...(testRows === undefined ? {} : { testRows }),
  };
}
