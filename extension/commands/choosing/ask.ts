import type { Pick } from "../../messages/pick.ts";
import { pick } from "../../messages/pick.ts";
import type { ChoiceTexts } from "./choiceTexts.ts";
import type { ConditionPair } from "../conditionPair.ts";
import { exchangeValue } from "./pairItems.ts";
import type { Step, StepOutcome, StepPlace } from "../steps.ts";

export type PairStep = Step<ConditionPair>;
export type PairOutcome = StepOutcome<ConditionPair>;

/** One quick pick of the choice; if the user goes back or gives up, that is the outcome. */
export async function ask<Value>(
  { title }: ChoiceTexts,
  place: StepPlace,
  placeholder: string,
  items: readonly Pick<Value>[],
  next: (value: Value) => PairOutcome | Promise<PairOutcome>,
): Promise<PairOutcome> {
  const chosen = await pick<Value>({
    title,
    placeholder,
    place,
    items,
    onItemButton: exchangeValue,
  });
  if (!chosen || chosen === "back") return chosen && { kind: "back" };
  return next(chosen.value);
}
