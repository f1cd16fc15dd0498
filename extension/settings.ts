import type { Keep } from "../src/ged/method/keep.ts";
import { checkGedOptions, defaultGedOptions, defaultShare } from "../src/ged/method/options.ts";
import type { GedOptions } from "../src/ged/method/options.ts";
import { estimatorNames } from "../src/ged/method/shrinkage/estimators.ts";
import { findEstimator, type Shrinkage } from "../src/ged/method/shrinkage/shrinkage.ts";
import { defaultPython } from "../src/engine/moments/runScript.ts";
import { EigenlensError } from "../src/errors.ts";
import { offeredEngineChoices } from "../src/linalg/engines/engineNames.ts";

/** Reads one setting below `eigenlens.`; undefined if it is not set. */
export type SettingReader = (key: string) => unknown;

/** Megabytes. */
export const defaultRunStorage = 2000;

/**
 * The options of a run as the settings ask for them. VS Code marks a value out of bounds in
 * settings.json but hands it over all the same, so each is checked here.
 * @throws EigenlensError "usage" naming the setting, its value and what is allowed
 */
export function optionsFromSettings(read: SettingReader): GedOptions {
  const options: GedOptions = {
    ...defaultGedOptions,
    keep: keepFromSettings(read),
    shrinkage: shrinkageSetting(read),
    engine: choiceSetting(read, "engine", offeredEngineChoices),
    precision: choiceSetting(read, "precision", ["auto", "double", "single"]),
  };
  checkGedOptions(options);
  return options;
}

function shrinkageSetting(read: SettingReader): Shrinkage {
  const value = read("shrinkage") ?? defaultGedOptions.shrinkage;
  const found = typeof value === "number" ? value : findEstimator(value);
  if (found !== undefined) return found;
  throw new EigenlensError(
    "usage",
    `The setting eigenlens.shrinkage is ${JSON.stringify(value)}: give a number from 0 to 1, ${estimatorNames.join(" or ")}, or remove it for the default.`,
  );
}

function keepFromSettings(read: SettingReader): Keep {
  const share = numberSetting(read, "variance", defaultShare);
  if ((read("components") ?? undefined) === undefined) return { share };
  const components = numberSetting(read, "components", 1);
  return choiceSetting(read, "componentsAre", ["atMost", "exactly"]) === "exactly"
    ? { count: components }
    : { share, atMost: components };
}

/**
 * Bytes that the stored runs may take together; Infinity for no limit.
 * @throws EigenlensError "usage" for a value that is no limit: nothing is removed then
 */
export function runStorageLimit(read: SettingReader): number {
  if (read("runStorage") === null) return Infinity;
  const megabytes = numberSetting(read, "runStorage", defaultRunStorage);
  if (megabytes >= 1) return megabytes * 1e6;
  throw new EigenlensError(
    "usage",
    `The setting eigenlens.runStorage is ${megabytes}: give 1 or more megabytes, or null for no limit.`,
  );
}

/**
 * The Python that sums moments on a cluster.
 * @throws EigenlensError "usage" for a value that is no text
 */
export function pythonFromSettings(read: SettingReader): string {
  const value = read("python") ?? "";
  if (typeof value === "string") return value.trim() === "" ? defaultPython : value.trim();
  throw new EigenlensError(
    "usage",
    `The setting eigenlens.python is ${JSON.stringify(value)}: give the path of a program, or remove it for the default.`,
  );
}

function numberSetting(read: SettingReader, key: string, fallback: number): number {
  const value = read(key) ?? fallback;
  if (typeof value === "number") return value;
  throw new EigenlensError(
    "usage",
    `The setting eigenlens.${key} is ${JSON.stringify(value)}: give a number, or remove it for the default.`,
  );
}

function choiceSetting<Choice extends string>(
  read: SettingReader,
  key: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = read(key) ?? choices[0];
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new EigenlensError(
    "usage",
    `The setting eigenlens.${key} is ${JSON.stringify(value)}: choose one of ${choices.join(", ")}.`,
  );
}
