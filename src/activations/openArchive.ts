import { EigenlensError } from "../errors.ts";
import type { ActivationFile } from "./activationFile.ts";
import type { ByteSource } from "./byteSource.ts";
import { openZip } from "./sources/zipArchive.ts";
import { listNames } from "./storedTensor.ts";
import type { NpyOptions } from "./formats/numpy/npy.ts";
import { openNpz } from "./formats/numpy/npz.ts";

/** Both numpy and torch save zip archives; what lies in them tells which. */
export async function openArchive(
  source: ByteSource,
  options: NpyOptions,
): Promise<ActivationFile> {
  const entries = await openZip(source);
  const { isTorchArchive, openTorchArchive } = await import("./formats/torch.ts");
  if (isTorchArchive(entries)) return openTorchArchive(source, entries);
  if (entries.some((entry) => entry.name.endsWith(".npy")))
    return openNpz(source, entries, options);
  throw new EigenlensError(
    "file-format",
    `${source.path} is a zip archive that neither numpy nor torch saved (it holds ${listNames(
      entries.map(({ name }) => name),
      4,
    )}): use numpy.savez or torch.save.`,
  );
}
