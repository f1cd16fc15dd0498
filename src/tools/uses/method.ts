import { validationOptionsFrom } from "../../commandLine/validationOptions.ts";
import { EigenlensError } from "../../errors.ts";
import type { Keep } from "../../ged/method/keep.ts";
import { askedShare, checkGedOptions, type GedOptions } from "../../ged/method/options.ts";
import { defaultValidationOptions, type ValidationOptions } from "../../ged/validation/options.ts";
import type { MethodInput, ValidationInput } from "../api/inputs.ts";

/**
 * The options of a run.
 * @param defaults for what the input leaves open
 * @throws EigenlensError "usage" for an exact number of components and a limit, and as {@link checkGedOptions} does
 */
export function methodOptions(input: MethodInput, defaults: GedOptions): GedOptions {
  const { shrinkage = defaults.shrinkage } = input;
  const options = { ...defaults, keep: keepOf(input, defaults.keep), shrinkage };
  checkGedOptions(options);
  return options;
}

function keepOf({ variance, components, atMost }: MethodInput, keep: Keep): Keep {
  if (components !== undefined) {
    if (atMost === undefined && variance === undefined) return { count: components };
    throw new EigenlensError(
      "usage",
      "components asks for an exact number, variance and atMost for a share and a limit: leave one of the two ways out.",
    );
  }
  if (variance === undefined && atMost === undefined) return keep;
  const limit = atMost ?? ("share" in keep ? keep.atMost : undefined);
  return {
    share: variance ?? askedShare(keep),
    ...(limit === undefined ? {} : { atMost: limit }),
  };
}

/** The validation that an input asks for: what the command line's flags of the same names do, `--no-extended`. */
export function validationOptions(input: ValidationInput, mayEndEarly = true): ValidationOptions {
  const { folds, repeats, seed } = { ...defaultValidationOptions, ...input };
  const { permutations } = input;
  const flags = { validate: true, folds, repeats, seed, permutations, extended: false };
  return { ...defaultValidationOptions, ...validationOptionsFrom(flags, mayEndEarly) };
}
