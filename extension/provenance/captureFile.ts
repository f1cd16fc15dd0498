import * as vscode from "vscode";
import type { CaptureProvenance } from "../../src/activations/captureProvenance.ts";
import { captureSidecars } from "../../src/conditions/provenance/findProvenance.ts";
import { EigenlensError } from "../../src/errors.ts";
import { omit } from "../../src/lookup.ts";
import { jsonRecord } from "../../src/text/jsonRecord.ts";
import { sourceUri } from "../activations/sourcePath.ts";

/** The files that may say where the activations of a path came from, in the order in which they are asked. */
export async function sidecarsOf(path: string): Promise<readonly [string, ...string[]]> {
  return captureSidecars(path, await isFolder(path));
}

/** Whether a path is a folder; one that is not there is none. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(sourceUri(path));
    return (type & vscode.FileType.Directory) !== 0;
  } catch {
    return false;
  }
}

/** What the file says already. @returns undefined if there is none @throws EigenlensError if it holds no object */
export async function readCaptureFile(
  path: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(sourceUri(path));
  } catch {
    return undefined;
  }
  const record = jsonRecord(new TextDecoder().decode(bytes));
  if (record !== undefined) return record;
  // What somebody wrote by hand is not written over.
  throw new EigenlensError(
    "file-format",
    vscode.l10n.t("{0} holds no JSON object: correct or remove it first.", path),
  );
}

/**
 * Writes what was said of a capture beside the activations.
 * @param asked what of the file's content is replaced: what was asked for and left empty is no longer said, what was
 *   not asked for stays
 * @throws EigenlensError "file-access" if it cannot be written, "file-format" if something else is there
 */
export async function writeCaptureFile(
  path: string,
  capture: CaptureProvenance,
  asked: readonly string[],
): Promise<void> {
  const kept = omit((await readCaptureFile(path)) ?? {}, ...asked);
  const content = `${JSON.stringify({ ...kept, ...capture }, null, 2)}\n`;
  try {
    await vscode.workspace.fs.writeFile(sourceUri(path), new TextEncoder().encode(content));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EigenlensError(
      "file-access",
      vscode.l10n.t("{0} cannot be written: {1}", path, reason),
    );
  }
}
