import type { FileSystem } from "../../activations/byteSource.ts";
import { describeTensor, type TensorDescription } from "../../activations/describeTensor.ts";
import { layoutOfFolder, openActivationFile } from "../../activations/openActivationFile.ts";
import { openAsRead } from "../../conditions/naming/openAsRead.ts";
import type { EngineArgument, FileSummary } from "../../protocol/engine.ts";
import { printable } from "../../text/printable.ts";
import type { EngineCall } from "../engineCall.ts";
import { inspectMoments } from "../moments/inspectMoments.ts";
import { refuseMoments } from "./openRows.ts";

/**
 * The tensors of a file, by its headers alone.
 * @throws EigenlensError if the file cannot be read or is of no known format
 */
export async function inspectFile(
  path: string,
  fileSystem: FileSystem,
  readings: EngineArgument<"inspect">["readings"],
): Promise<FileSummary> {
  const moments = await inspectMoments(path, fileSystem);
  if (moments !== undefined) return moments;
  const file = await openAsRead(path, fileSystem, readings);
  try {
    const { format, byteLength, tensors } = file;
    return { path, format, byteLength, tensors };
  } finally {
    await file.close();
  }
}

/** Those of some folders that are one container of tensors. */
export async function containersAmong(
  folders: readonly string[],
  fileSystem: FileSystem,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    if ((await layoutOfFolder(folder, fileSystem)) !== undefined) found.push(folder);
  }
  return found;
}

/**
 * What the values of one tensor are like, read in blocks.
 * @throws EigenlensError "condition" if the file holds moments; as {@link describeTensor} does
 */
export async function describeTensorOfFile(
  { path, tensor, words }: EngineArgument<"describe">,
  fileSystem: FileSystem,
  call: EngineCall,
): Promise<TensorDescription> {
  await refuseMoments(path, fileSystem);
  const options = words === "bfloat16" ? { voidAs: words } : {};
  const file = await openActivationFile(path, fileSystem, options);
  try {
    return await describeTensor(file, tensor, call.cancellation, (fraction) =>
      call.report({ step: `Reading ${tensor === "" ? path : printable(tensor)}`, fraction }),
    );
  } finally {
    await file.close();
  }
}
