import { describeError } from "../../src/errors.ts";
import type { Step, StepOutcome } from "../commands/steps.ts";
import { askForText } from "../messages/choice.ts";
import { engineText } from "../words/words.ts";

interface Asked<Value> {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  /** What stands in the box at first. */
  readonly value?: string;
  /** What a text means. @throws EigenlensError if it means nothing */
  readonly read: (text: string) => Value;
}

/** A step in which a text is typed: what is wrong with it is said at once, and dismissing it is one step back. */
export function askFor<Value, Result>(
  { read, value = "", ...texts }: Asked<Value>,
  then: (value: Value) => StepOutcome<Result>,
): Step<Result> {
  return async () => {
    const text = await askForText({
      ...texts,
      value,
      ignoreFocusOut: true,
      fault: (typed) => {
        if (typed === "") return undefined;
        try {
          read(typed.trim());
          return undefined;
        } catch (thrown) {
          return engineText(describeError(thrown).message);
        }
      },
    });
    return text === undefined || text.trim() === "" ? { kind: "back" } : then(read(text.trim()));
  };
}
