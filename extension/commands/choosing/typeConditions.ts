import * as vscode from "vscode";
import type { ConditionSource } from "../../../src/conditions/condition.ts";
import { describeError } from "../../../src/errors.ts";
import { sourcePath } from "../../activations/sourcePath.ts";
import { engineText } from "../../words/words.ts";
import { askForText } from "../../messages/choice.ts";
import type { ChoiceTexts } from "./choiceTexts.ts";
import { namedPair } from "../conditionPair.ts";
import type { ConditionPair } from "../conditionPair.ts";
import type { Step } from "../steps.ts";
import { typedSource } from "../../../src/conditions/naming/typedSource.ts";

/**
 * Two conditions as the command line writes them: the way to row ranges and regular expressions.
 * @param begun what stands in the box at first
 */
export function typeConditions(texts: ChoiceTexts, begun = ""): Step<ConditionPair> {
  return async () => {
    const target = await typeCondition(
      texts.title,
      texts.target,
      "him.npy[rows=40:53], him.npy[rows=0::2]",
      begun,
    );
    if (target === undefined) return { kind: "back" };
    return { kind: "next", step: typeReference(texts, target) };
  };
}

function typeReference(texts: ChoiceTexts, target: TypedCondition): Step<ConditionPair> {
  return async () => {
    const prompt = texts.reference(target.text);
    // Mostly the same selection of another file.
    const reference = await typeCondition(texts.title, prompt, target.text, target.text);
    if (reference === undefined) return { kind: "back" };
    return { kind: "done", result: namedPair(target.source, reference.source) };
  };
}

interface TypedCondition {
  readonly text: string;
  readonly source: ConditionSource;
}

async function typeCondition(
  title: string,
  prompt: string,
  example: string,
  value = "",
): Promise<TypedCondition | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const read = (text: string) => typedSource("file", text, folder && sourcePath(folder));
  const text = await askForText({
    title,
    prompt,
    placeholder: example,
    value,
    ignoreFocusOut: true,
    fault: (typed) => {
      if (typed === "") return undefined;
      try {
        read(typed);
        return undefined;
      } catch (thrown) {
        return engineText(describeError(thrown).message);
      }
    },
  });
  return text === undefined || text.trim() === "" ? undefined : { text, source: read(text) };
}
