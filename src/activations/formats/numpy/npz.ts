import { EigenlensError } from "../../../errors.ts";
import type { ActivationFile } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import type { ZipEntry } from "../../sources/zipArchive.ts";
import { activationFile, unreadableTensor, type StoredTensor } from "../../storedTensor.ts";
import { npyTensor, type NpyOptions } from "./npy.ts";
import { PickleBudget } from "../pickle/budget.ts";

/**
 * A zip archive of npy arrays (`numpy.savez`, `numpy.savez_compressed`). An array that cannot be read is
 * listed with its reason, so that the others stay usable.
 */
export async function openNpz(
  source: ByteSource,
  entries: readonly ZipEntry[],
  options: NpyOptions = {},
): Promise<ActivationFile> {
  const arrays = entries.filter((entry) => entry.name.endsWith(".npy"));
  const tensors: StoredTensor[] = [];
  const budget = new PickleBudget(source.path, source.byteLength);
  for (const entry of arrays) tensors.push(await openArray(entry, { ...options, budget }));
  return activationFile({
    path: source.path,
    format: "npz",
    byteLength: source.byteLength,
    tensors,
    close: () => source.close(),
  });
}

async function openArray(
  entry: ZipEntry,
  options: NpyOptions & { budget: PickleBudget },
): Promise<StoredTensor> {
  const name = entry.name.replace(/\.npy$/, "");
  try {
    return await npyTensor(await entry.open(), name, options);
  } catch (error) {
    if (!(error instanceof EigenlensError) || error.code !== "file-format") throw error;
    return unreadableTensor(name, [], error.message);
  }
}
