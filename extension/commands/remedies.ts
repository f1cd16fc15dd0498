import type { ConditionSource } from "../../src/conditions/condition.ts";
import type { SourceRemedy } from "../../src/errors.ts";
import type { RunPanel } from "../runs/runPanel.ts";
import { chooseToken } from "./choosing/chooseToken.ts";
import { separationTexts } from "./choosing/choiceTexts.ts";
import type { CommandContext } from "./commandContext.ts";

/**
 * Makes a view's failed run again in the same panel, with the sources changed as the failure's remedy says: both, since
 * two conditions of one place need the same.
 */
export async function remedyIn(
  context: CommandContext,
  view: RunPanel,
  remedy: SourceRemedy,
): Promise<void> {
  const { request } = view;
  const change = await changeOf(remedy);
  if (request === undefined || change === undefined) return;
  const [target, reference] = [request.target, request.reference].map((source) => ({
    ...source,
    ...change,
  }));
  if (target && reference) await context.runner.run({ ...request, target, reference }, view);
}

/** What of the sources changes; undefined if the user chose nothing. */
async function changeOf(remedy: SourceRemedy): Promise<Partial<ConditionSource> | undefined> {
  switch (remedy.kind) {
    case "readAsBfloat16":
      return { elementType: "bfloat16" };
    case "transpose":
      return { axes: ["neuron", "row"] };
    case "chooseToken": {
      const place = { number: 1, canGoBack: false };
      const token = await chooseToken(separationTexts().title, place, remedy.tokens);
      return token === undefined || token === "back" ? undefined : { token };
    }
    default:
      return remedy satisfies never;
  }
}
