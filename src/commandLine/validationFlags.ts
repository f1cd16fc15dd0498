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
  readonly trainRows?: { readonly start: number; readonly stop: number };
  readonly testRows?: { readonly start: number; readonly stop: number };
  readonly ignore?: readonly (keyof FoundStructure)[];
}

/** Adds `--validate` and what belongs to it. */
export function addValidationFlags(command: Command): Command {
  const defaults = defaultValidationOptions;
  return command
    .option("--validate", "add what survives on held-out rows and under permuted labels")
    .option("--folds <count>", "folds of the cross-validation", parseCount(2), defaults.folds)
    .option("--repeats <count>", "repeats of the cross-validation", parseCount(1), defaults.repeats)
    .option(
      "--permutations <count>",
      `permutations of the labels (default: up to ${defaults.permutations} with --validate, fewer if no p needs them)`,
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
 * The validation that the flags ask for; undefined where they ask for none.
 * @param mayEndEarly whether a number of permutations that nobody named may turn out smaller
 */
export function validationOptionsFrom(
  flags: ValidationFlags,
  mayEndEarly = true,
): ValidationOptions | undefined {
  const { validate, folds, repeats, permutations, seed, extended, trainRows, testRows } = flags;
  const { ignore } = flags;
  if (validate !== true && trainRows === undefined && testRows === undefined) return undefined;
  return {
    folds,
    repeats,
    permutations: permutations ?? (validate === true ? defaultValidationOptions.permutations : 0),
    ...(mayEndEarly && permutations === undefined && validate === true ? { sequential: true } : {}),
    seed,
    extended: extended && validate === true,
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

const parseStructure = parseChoice<keyof FoundStructure>("repeats", "templates", "pairs");

/** Words one by one or separated by commas. */
function parseIgnored(
  text: string,
  before: readonly (keyof FoundStructure)[] | undefined,
): readonly (keyof FoundStructure)[] {
  return [...(before ?? []), ...text.split(",").map((word) => parseStructure(word.trim()))];
}
