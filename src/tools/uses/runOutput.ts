import type { ConditionSource } from "../../conditions/condition.ts";
import { documentParts } from "../../runs/documentFile.ts";
import type { RunDocument } from "../../runs/runDocument.ts";
import type { OutputInput } from "../api/inputs.ts";
import { outputFile } from "../places/outputFile.ts";
import { settledPath } from "../places/sources.ts";
import type { ToolContext } from "../tool.ts";

/** Where a run document is to be written. */
export interface RunOutput {
  readonly path: string;
  write(document: RunDocument): Promise<void>;
}

/**
 * The place of a run's document, looked at before minutes of computing.
 * @returns undefined if none was asked for
 * @throws EigenlensError as {@link outputFile} does
 */
export async function placeOfRun(
  { out, overwrite = false }: Partial<OutputInput>,
  request: { readonly target: ConditionSource; readonly reference: ConditionSource },
  { inputs, roots, folder }: ToolContext,
): Promise<RunOutput | undefined> {
  if (out === undefined) return undefined;
  await inputs.add(request.target.path);
  await inputs.add(request.reference.path);
  const path = settledPath(out, folder);
  const output = await outputFile(path, ".ged.safetensors", overwrite, roots, () => inputs.paths);
  return {
    path,
    write: async (document) => output.write(await documentParts(document)),
  };
}
