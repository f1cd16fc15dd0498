import type { ColumnChoice } from "../../activations/formats/columnRoles.ts";
import type { ReadOptions } from "../../activations/openActivationFile.ts";
import type { ColumnSelection, ConditionSource } from "../condition.ts";
import { sentencePattern } from "./selections.ts";

/** What a source says of how its file is to be read. */
export function readOptions({ elementType, columns, axes }: ConditionSource): ReadOptions {
  return {
    ...(elementType === undefined ? {} : { voidAs: elementType }),
    ...(axes === undefined ? {} : { axes }),
    ...(columns === undefined ? {} : { columns: choiceOf(columns) }),
  };
}

function choiceOf(selection: ColumnSelection): ColumnChoice {
  if (selection.kind !== "pattern") return selection;
  return { kind: "pattern", pattern: sentencePattern(selection.pattern) };
}
