import * as vscode from "vscode";
import { EigenlensError } from "../../src/errors.ts";
import { formatBytes } from "../../src/protocol/words/numbers.ts";
import type { EditorFiles } from "../../src/engine/channel/editorFiles.ts";
import type { EngineLog } from "../../src/engine/channel/workerChannel.ts";

/** Larger files are refused: the editor gives whole files only, and this one would fill its memory. */
const largestFile = 2 ** 30;

/** Reads through `workspace.fs`, and says in the log when that means reading a whole file. */
export function editorFiles(log: EngineLog): EditorFiles {
  return async ({ operation, path }) => {
    const uri = vscode.Uri.parse(path, true);
    const found = await statOrNothing(uri);
    if (!found) return {};
    if (operation === "stat") {
      const kind = found.type & vscode.FileType.Directory ? "folder" : "file";
      return { stat: { kind, byteLength: found.size, modified: found.mtime } };
    }
    if (operation === "list") {
      if (!(found.type & vscode.FileType.Directory)) return {};
      return { names: (await vscode.workspace.fs.readDirectory(uri)).map(([name]) => name) };
    }
    if (found.size > largestFile) {
      throw new EigenlensError(
        "file-access",
        `${path} has ${formatBytes(found.size)}, and a virtual workspace gives whole files only: copy it to a disk first.`,
      );
    }
    log.info(`${path}: read whole (${formatBytes(found.size)}), for its workspace is virtual.`);
    return { bytes: await readWhole(uri) };
  };
}

/** Size and time of a file that only the editor can see; undefined if nothing is there. */
export async function statOrNothing(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch (thrown) {
    if (thrown instanceof vscode.FileSystemError && thrown.code === "FileNotFound")
      return undefined;
    throw refused(uri, thrown);
  }
}

async function readWhole(uri: vscode.Uri): Promise<Uint8Array> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (thrown) {
    throw refused(uri, thrown);
  }
}

function refused(uri: vscode.Uri, cause: unknown): EigenlensError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EigenlensError("file-access", `${uri.toString()} cannot be read: ${reason}`, {
    cause,
  });
}
