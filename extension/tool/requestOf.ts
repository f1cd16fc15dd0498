import { checkGedOptions } from "../../src/ged/method/options.ts";
import type { GedOptions } from "../../src/ged/method/options.ts";
import { typedSource } from "../../src/conditions/naming/typedSource.ts";
import type { RunRequest } from "../../src/protocol/engine.ts";

/**
 * The request of a run that a panel shows while a tool computes it; what is computed is by the tool's own reading of the
 * same input.
 * @param folder that relative paths start from; undefined if no folder is open
 * @throws EigenlensError "usage" naming what is missing
 */
export function requestOf(
  input: Readonly<Record<string, unknown>>,
  settings: GedOptions,
  folder: string | undefined,
): RunRequest {
  checkGedOptions(settings);
  return {
    target: typedSource("target", input["target"], folder),
    reference: typedSource("reference", input["reference"], folder),
    options: settings,
  };
}
