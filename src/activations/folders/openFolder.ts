import { EigenlensError } from "../../errors.ts";
import { printable } from "../../text/printable.ts";
import type { ActivationFile } from "../activationFile.ts";
import { formatList } from "../detectFormat.ts";
import { datasetsOnDisk } from "./datasetsOnDisk.ts";
import { easySteerCapture } from "./easySteer/easySteerCapture.ts";
import { filePerPrompt } from "./perPrompt/filePerPrompt.ts";
import {
  mayHoldActivations,
  readFolder,
  type Folder,
  type FolderContext,
  type FolderRecogniser,
  type Recognised,
} from "./folder.ts";
import { numberedShards } from "./shards/numberedShards.ts";
import { sparseLatents } from "./sparseLatents.ts";
import { vllmRequests } from "./perPrompt/vllmRequests.ts";

/** Every layout that is known, those with a manifest first; a new one is a file and a line here. */
const recognisers: readonly FolderRecogniser[] = [
  easySteerCapture,
  datasetsOnDisk,
  numberedShards,
  sparseLatents,
  vllmRequests,
  filePerPrompt,
];

/**
 * Opens a folder as one container of tensors, whoever wrote it.
 * @throws EigenlensError "file-format" if no layout is recognised or several are mixed
 */
export async function openFolder(path: string, context: FolderContext): Promise<ActivationFile> {
  return openFiles(await readFolder(path, context.fileSystem), context);
}

/** Opens files that belong together: those of a folder, or some that were chosen by a pattern. */
export async function openFiles(folder: Folder, context: FolderContext): Promise<ActivationFile> {
  const found = await recognised(folder, context);
  if (found !== undefined) return found.open();
  const files = folder.names.filter(mayHoldActivations);
  const [first] = files;
  throw new EigenlensError(
    "file-format",
    first === undefined
      ? `${folder.path} is a folder of no known layout and holds no activation file: choose a file, one of ${formatList}.`
      : `${folder.path} is a folder of ${files.length} activation file${files.length > 1 ? "s" : ""} that nothing says belong together: choose one (${printable(first, 80)}), or take several as one with a pattern such as ${folder.base}${pattern(first)}.`,
  );
}

/**
 * Whether a folder is a container, for listings: nothing is opened but what tells.
 * @returns the layout's name, or undefined for a folder of other files
 * @throws EigenlensError as {@link openFolder}
 */
export async function folderLayout(
  path: string,
  context: FolderContext,
): Promise<string | undefined> {
  const folder = await readFolder(path, context.fileSystem);
  return (await recognised(folder, context))?.format;
}

async function recognised(
  folder: Folder,
  context: FolderContext,
): Promise<(Recognised & { readonly format: string }) | undefined> {
  let found: (Recognised & { readonly format: string }) | undefined;
  for (const { format, recognise } of recognisers) {
    const candidate = await recognise(folder, context);
    if (candidate === undefined) continue;
    found = { ...candidate, format };
    break;
  }
  if (found === undefined) return undefined;
  const { claims, format } = found;
  const foreign = folder.names.find((name) => mayHoldActivations(name) && !claims(name));
  if (foreign === undefined) return found;
  throw new EigenlensError(
    "file-format",
    `${folder.path} mixes ${format} with ${printable(foreign, 80)}, which does not belong to it: move one of them to a folder of its own, or choose the file.`,
  );
}

function pattern(name: string): string {
  return name.replace(/^.*(?=\.)/s, "*");
}
