import type { ActivationFile } from "../activationFile.ts";
import type { ByteSource } from "../byteSource.ts";
import type { ZipEntry } from "../sources/zipArchive.ts";
import { activationFile } from "../storedTensor.ts";
import { PickleBudget } from "./pickle/budget.ts";
import { embeddedFiles } from "./pickle/embeddedTorch.ts";
import { tensorsOf } from "./pickle/interpret.ts";
import { readPickle } from "./pickle/readPickle.ts";
import { readTorchArchive } from "./pickle/torchArchive.ts";
import { isLegacyMagic, readLegacy } from "./pickle/torchLegacy.ts";
import type { TorchFile, TorchObjects } from "./pickle/torchTensor.ts";

export { isTorchArchive } from "./pickle/torchArchive.ts";

/**
 * A zip archive of `torch.save` (torch 1.6 and later).
 * @throws EigenlensError "file-format"
 */
export async function openTorchArchive(
  source: ByteSource,
  entries: readonly ZipEntry[],
): Promise<ActivationFile> {
  const budget = new PickleBudget(source.path, source.byteLength);
  const file = await readTorchArchive(source, entries, budget);
  return listed(source, "torch", await withEmbedded(source, file, budget), budget);
}

/**
 * A file of `torch.save` before 1.6, or any other pickle that holds tensors or numpy arrays in plain containers.
 * @throws EigenlensError "file-format"
 */
export async function openPickle(source: ByteSource): Promise<ActivationFile> {
  const budget = new PickleBudget(source.path, source.byteLength);
  const first = await readPickle(source, 0, budget);
  if (isLegacyMagic(first.value)) {
    const file = await readLegacy(source, first.end, budget);
    return listed(source, "torch", await withEmbedded(source, file, budget), budget);
  }
  const file = { root: first.value, findStorage: () => undefined, embedded: first.embedded };
  return listed(source, "pickle", await withEmbedded(source, file, budget), budget);
}

async function withEmbedded(
  { path }: ByteSource,
  { root, findStorage, embedded }: TorchFile,
  budget: PickleBudget,
): Promise<TorchObjects> {
  return { root, findStorage, nested: await embeddedFiles(path, embedded, budget) };
}

function listed(
  source: ByteSource,
  format: "torch" | "pickle",
  objects: TorchObjects,
  budget: PickleBudget,
): ActivationFile {
  const { path, byteLength } = source;
  return activationFile({
    path,
    format,
    byteLength,
    tensors: tensorsOf(path, objects, byteLength, budget),
    close: () => source.close(),
  });
}
