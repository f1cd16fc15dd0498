import type { Keep } from "../../src/ged/method/keep.ts";
import { checkGedOptions } from "../../src/ged/method/options.ts";
import type { GedOptions } from "../../src/ged/method/options.ts";
import type { Shrinkage } from "../../src/ged/method/shrinkage/shrinkage.ts";
import type { RunRequest } from "../../src/protocol/engine.ts";
import { directionNames } from "../../src/protocol/direction.ts";
import { findingText } from "../../src/protocol/finding.ts";
import { sayInEnglish } from "../../src/protocol/strings.ts";
import { proseFormats } from "../../src/protocol/subject.ts";
import type { RunSummary } from "../../src/runs/summary.ts";
import { typedSource } from "../commands/typedSource.ts";

/** What a language model may ask for; the manifest has the same as a JSON schema. */
export interface SeparationInput {
  readonly target: string;
  readonly reference: string;
  readonly variance?: number;
  readonly shrinkage?: Shrinkage;
}

/**
 * The request that an input means.
 * @param folder that relative paths start from; undefined where no folder is open
 * @throws EigenlensError "usage" naming what is missing or out of bounds
 */
export function requestOf(
  input: SeparationInput,
  settings: GedOptions,
  folder: string | undefined,
): RunRequest {
  const options: GedOptions = {
    ...settings,
    ...(input.variance === undefined ? {} : { keep: withShare(settings.keep, input.variance) }),
    ...(input.shrinkage === undefined ? {} : { shrinkage: input.shrinkage }),
  };
  checkGedOptions(options);
  return {
    target: typedSource("target", input.target, folder),
    reference: typedSource("reference", input.reference, folder),
    options,
  };
}

/** A share that is asked for takes the place of an exact number; a limit beside a share stays. */
function withShare(keep: Keep, share: number): Keep {
  return "count" in keep ? { share } : { ...keep, share };
}

/** The outcome in lines for a language model: the verdicts first, every number in sample or held out. */
export function resultLines(summary: RunSummary): string[] {
  const { target, reference, compression, rank, shrinkage, directions, validation } = summary;
  const { forward, swapped } = directions;
  const { estimator, gamma } = shrinkage;
  const estimated =
    estimator === undefined
      ? ""
      : ` (${sayInEnglish(`facts.estimator.${estimator}`)}; swapped ${gamma.swapped})`;
  return [
    ...directionNames.map((direction) => findingText(summary, direction, proseFormats)),
    `Target ${target.name}: ${target.rows} rows; reference ${reference.name}: ${reference.rows} rows; ${target.columns} neurons.`,
    `${compression.components} components keep ${(100 * compression.varianceKept).toFixed(2)} % of the variance of (S+R)/2; rank of the reference there ${rank.reference}, ${rank.referenceShrunk} after shrinkage ${shrinkage.gamma.forward}${estimated}.`,
    `Component 1, in sample: generalized eigenvalue ${forward.eigenvalues[0]}, variance ${forward.carriedVariance[0]} in ${target.name} and ${forward.silencedVariance[0]} in ${reference.name}. Swapped (S = ${reference.name}, R = ${target.name}), in sample: generalized eigenvalue ${swapped.eigenvalues[0]}.`,
    ...(validation === null
      ? [
          "Not validated: with fewer rows than neurons an in-sample ratio is mostly overfitting; validate in the result panel before believing it.",
        ]
      : [
          `Rows that repeat each other counted once: ${validation.distinct.target} and ${validation.distinct.reference}. ${validation.clusters.count} clusters of rows were held out and permuted as a whole.`,
          ...validation.warnings.map(({ text }) => `Warning: ${text}`),
          ...validation.omitted.map((part) => `Not computed: ${part}`),
        ]),
    ...summary.warnings,
  ];
}
