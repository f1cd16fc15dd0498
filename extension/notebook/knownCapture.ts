import type * as vscode from "vscode";
import { provenanceIn, type CaptureProvenance } from "../../src/activations/captureProvenance.ts";
import { omit } from "../../src/lookup.ts";

export type CaptureMemory = Pick<vscode.ExtensionContext, "workspaceState">;

const key = "eigenlens.notebookCaptures";

/** What the user said of a notebook's activations, remembered for the workspace: a variable has no file beside it. */
export function knownCapture(
  { workspaceState }: CaptureMemory,
  notebook: string,
): CaptureProvenance {
  const all = workspaceState.get<Record<string, Record<string, unknown>>>(key, {});
  return provenanceIn(all[notebook] ?? {});
}

/** Remembers it for the next copies of the notebook's variables. */
export async function rememberCapture(
  { workspaceState }: CaptureMemory,
  notebook: string,
  capture: CaptureProvenance,
): Promise<void> {
  const all = workspaceState.get<Record<string, CaptureProvenance>>(key, {});
  await workspaceState.update(key, { ...all, [notebook]: omit(capture, "notebook", "variable") });
}
