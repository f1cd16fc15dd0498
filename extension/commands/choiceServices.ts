import { shortenPath, sourcePath } from "../activations/sourcePath.ts";
import type { ChoiceServices, ChoosableFiles } from "./choosing/services.ts";
import type { ChoiceTexts } from "./choosing/choiceTexts.ts";
import type { CommandContext } from "./commandContext.ts";
import { namedPair, type ConditionPair } from "./conditionPair.ts";

/** What a choice of two conditions needs of the rest of the extension. */
export function choiceServices(context: CommandContext, texts: ChoiceTexts): ChoiceServices {
  return {
    texts,
    engine: context.engine,
    headers: context.headers,
    readings: context.readings,
    files: () => choosableFiles(context),
    shorten: shortenPath,
    marked: markedPair(context),
  };
}

async function choosableFiles({ activations }: CommandContext): Promise<ChoosableFiles> {
  const { files, containers } = await activations.files();
  return { files: files.map(sourcePath), containers };
}

/** The activation files of the workspace. */
export async function activationPaths({ activations }: CommandContext): Promise<string[]> {
  return (await activations.files()).files.map(sourcePath);
}

/** Target and reference as marked in the Activations view; undefined until both are. */
export function markedPair({ marks }: CommandContext): ConditionPair | undefined {
  const { target, reference } = marks.marks;
  return target && reference && namedPair(target, reference);
}
