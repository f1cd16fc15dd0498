import { InvalidArgumentError, type Command } from "commander";
import { EigenlensError } from "../errors.ts";
import type { Keep } from "../ged/method/keep.ts";
import { defaultGedOptions, defaultShare, type GedOptions } from "../ged/method/options.ts";
import { estimatorNames } from "../ged/method/shrinkage/estimators.ts";
import { findEstimator, type Shrinkage } from "../ged/method/shrinkage/shrinkage.ts";
import { engineChoices } from "../linalg/engines/engineNames.ts";
import { printable } from "../text/printable.ts";
import { parseChoice, parseCount, parseNumber } from "./arguments.ts";

/** The options of compress-then-separate as commander hands them over. */
export interface GedFlags {
  readonly variance: number;
  readonly components?: number;
  readonly atMost?: number;
  readonly shrinkage: Shrinkage;
  readonly route: GedOptions["route"];
  readonly engine: GedOptions["engine"];
  readonly precision: GedOptions["precision"];
}

/** Adds `--variance`, `--components`, `--at-most`, `--shrinkage`, `--route`, `--engine` and `--precision`. */
export function addGedFlags(command: Command): Command {
  const defaults = defaultGedOptions;
  return command
    .option("--variance <share>", "share of variance to keep", parseNumber, defaultShare)
    .option("--components <count>", "keep exactly this many components instead", parseCount(1))
    .option(
      "--at-most <count>",
      "keep no more components, whatever the share asks for",
      parseCount(1),
    )
    .option(
      "--shrinkage <gamma>",
      `g of R~ = (1-g) R + g a I, or who estimates it: ${estimatorNames.join(" or ")}`,
      parseShrinkage,
      defaults.shrinkage,
    )
    .option(
      "--route <route>",
      "auto, gram, covariance or krylov",
      parseChoice("auto", "gram", "covariance", "krylov"),
      defaults.route,
    )
    .option(
      "--engine <engine>",
      `${engineChoices.slice(0, -1).join(", ")} or ${engineChoices.at(-1)}`,
      parseChoice(...engineChoices),
      defaults.engine,
    )
    .option(
      "--precision <precision>",
      "auto, double or single",
      parseChoice("auto", "double", "single"),
      defaults.precision,
    );
}

/** A number, whose bounds are the method's to check, or the name of an estimator. */
function parseShrinkage(text: string): Shrinkage {
  const estimator = findEstimator(text);
  if (estimator !== undefined) return estimator;
  if (text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  throw new InvalidArgumentError(
    `"${printable(text, 100)}" is not a number from 0 to 1, ${estimatorNames.join(" or ")}.`,
  );
}

/**
 * The options of a run, from its flags alone.
 * @throws EigenlensError "usage" for an exact number of components and a limit
 */
export function gedOptionsFrom(flags: GedFlags): GedOptions {
  const { shrinkage, route, engine, precision } = flags;
  return { keep: keepFrom(flags), shrinkage, route, engine, precision };
}

function keepFrom({ variance, components, atMost }: GedFlags): Keep {
  if (components === undefined)
    return { share: variance, ...(atMost === undefined ? {} : { atMost }) };
  if (atMost === undefined) return { count: components };
  throw new EigenlensError(
    "usage",
    "--components asks for an exact number and --at-most for a limit: leave one of them out.",
  );
}
