import type { FoundStructure } from "../ged/validation/design/design.ts";
import { defaultValidationOptions, type ValidationOptions } from "../ged/validation/options.ts";

/** The options of a validation as commander hands them over. */
export interface ValidationFlags {
  readonly validate?: boolean;
  readonly folds: number;
  readonly repeats: number;
  readonly permutations?: number;
  readonly seed: number;
  readonly extended: boolean;
  readonly tune?: boolean;
  readonly secondShrinkage?: number;
  readonly trainRows?: { readonly start: number; readonly stop: number };
  readonly testRows?: { readonly start: number; readonly stop: number };
  readonly ignore?: readonly (keyof FoundStructure)[];
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
  const { ignore, tune, secondShrinkage } = flags;
  const validate = flags.validate === true || tune === true || secondShrinkage !== undefined;
  // Both fits are ranked among the same permutations.
  const endsEarly = mayEndEarly && permutations === undefined && secondShrinkage === undefined;
  if (!validate && trainRows === undefined && testRows === undefined) return undefined;
  return {
    folds,
    repeats,
    permutations: permutations ?? (validate ? defaultValidationOptions.permutations : 0),
    ...(endsEarly && validate ? { sequential: true } : {}),
    seed,
    extended: extended && validate,
    ...(tune === true ? { tuning: { mostShare: 1 } } : {}),
    ...(secondShrinkage === undefined ? {} : { secondShrinkage }),
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
