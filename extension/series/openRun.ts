import { rememberChoice } from "../commands/choosing/lastChoice.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import type { OpenRun } from "./seriesPanel.ts";

/** A run of a series is remembered for "repeat" like any other. */
export function openRun(context: CommandContext): OpenRun {
  return async ({ options, ...pair }, known) => {
    await rememberChoice(context, pair);
    await context.runner.run({ ...pair, options }, undefined, undefined, known);
  };
}
