import type { FileSystem } from "../activations/byteSource.ts";
import { hashSource } from "../runs/fingerprint/hashSource.ts";
import type { RunDocument } from "../runs/runDocument.ts";
import type { EngineCall } from "./engineCall.ts";
import { printable } from "../text/printable.ts";

/**
 * The files of a run whose fingerprint is another now, read whole, whatever size and time say; see {@link hashSource}.
 * @throws EigenlensError "file-access" if one cannot be read; CancelledError between two files
 */
export async function changedSources(
  { target, reference }: RunDocument["sources"],
  fileSystem: FileSystem,
  call: EngineCall,
): Promise<readonly string[]> {
  const hashes = new Map([target, reference].map(({ path, hash }) => [path, hash]));
  const changed: string[] = [];
  for (const [path, hash] of hashes) {
    call.cancellation.throwIfRequested();
    call.report({ step: `Reading ${printable(path)}` });
    if ((await hashSource(path, fileSystem)) !== hash) changed.push(path);
  }
  return changed;
}
