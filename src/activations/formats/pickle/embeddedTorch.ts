import { EigenlensError } from "../../../errors.ts";
import { startsWith } from "../../latin1.ts";
import { memorySource } from "../../sources/memorySource.ts";
import { KeptBytes } from "../../sources/inflatedSource.ts";
import { openZip } from "../../sources/zipArchive.ts";
import type { PickleBudget } from "./budget.ts";
import { bytesOf } from "./numpyDtype.ts";
import { readPickle } from "./readPickle.ts";
import { readTorchArchive } from "./torchArchive.ts";
import { isLegacyMagic, readLegacy } from "./torchLegacy.ts";
import type { TorchFile, TorchObjects } from "./torchTensor.ts";
import type { PickleCall, PickleValue } from "./values.ts";

/** What one file in memory takes besides its bytes. */
const fileBytes = 1024;

/**
 * Opens the files that `pickle.dump` writes of each torch storage into a pickle: bytes that `torch.save` made, in its
 * old format or as an archive. Files inside those are not opened.
 * @param embedded the calls that hold them
 * @throws EigenlensError "file-format" if one of them cannot be read
 */
export async function embeddedFiles(
  path: string,
  embedded: readonly PickleCall[],
  budget: PickleBudget,
): Promise<ReadonlyMap<PickleValue, TorchObjects>> {
  const files = new Map<PickleValue, TorchObjects>();
  const kept = new KeptBytes();
  for (const call of embedded) {
    const bytes = bytesOf(call.parameters[0])?.take();
    if (bytes === undefined) continue;
    budget.charge(fileBytes);
    const { root, findStorage } = await readEmbedded(path, bytes, kept, budget);
    // Inside such a file no others are opened: the budget would not see how deep they lie.
    files.set(call, { root, findStorage, nested: new Map() });
  }
  return files;
}

async function readEmbedded(
  path: string,
  bytes: Uint8Array,
  kept: KeptBytes,
  budget: PickleBudget,
): Promise<TorchFile> {
  const source = memorySource(path, bytes);
  if (startsWith(bytes, "PK\x03\x04")) {
    return readTorchArchive(source, await openZip(source, kept), budget);
  }
  const first = await readPickle(source, 0, budget);
  if (!isLegacyMagic(first.value)) {
    throw new EigenlensError(
      "file-format",
      `${path}: a storage in its pickle is none that torch.save wrote: it is damaged; save it again with torch.save.`,
    );
  }
  return readLegacy(source, first.end, budget);
}
