import type { Command } from "commander";
import { defaultGedOptions, type GedOptions } from "../ged/method/options.ts";
import { engineChoices } from "../linalg/engineNames.ts";
import { parseChoice, parseCount, parseNumber } from "./arguments.ts";

/** The options of compress-then-separate as commander hands them over. */
export interface GedFlags {
  readonly variance: number;
  readonly components?: number;
  readonly shrinkage: number;
  readonly route: GedOptions["route"];
  readonly engine: GedOptions["engine"];
  readonly precision: GedOptions["precision"];
}

/** Adds `--variance`, `--components`, `--shrinkage`, `--route`, `--engine` and `--precision`. */
export function addGedFlags(command: Command): Command {
  const defaults = defaultGedOptions;
  return command
    .option("--variance <share>", "share of variance to keep", parseNumber, defaults.variance)
    .option("--components <count>", "keep exactly this many components instead", parseCount(1))
    .option("--shrinkage <gamma>", "g of R~ = (1-g) R + g a I", parseNumber, defaults.shrinkage)
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

/** The options of a run, from its flags alone. */
export function gedOptionsFrom(flags: GedFlags): GedOptions {
  const { variance, components, shrinkage, route, engine, precision } = flags;
  return {
    variance,
    shrinkage,
    route,
    engine,
    precision,
    ...(components === undefined ? {} : { components }),
  };
}
