import { EigenlensError } from "../../../errors.ts";
import type { ByteSource } from "../../byteSource.ts";
import type { ZipEntry } from "../../sources/zipArchive.ts";
import type { PickleBudget } from "./budget.ts";
import { readPickle } from "./readPickle.ts";
import type { TorchFile, TorchStorage } from "./torchTensor.ts";

const pickleName = /^([^/]+\/)?data\.pkl$/;

/** Whether a zip archive is one of `torch.save`: it holds a pickle named data.pkl in its one folder. */
export function isTorchArchive(entries: readonly ZipEntry[]): boolean {
  return entries.some((entry) => pickleName.test(entry.name));
}

/**
 * The objects of an archive of `torch.save` (torch 1.6 and later): `data.pkl` describes them, each storage is an
 * entry of its own.
 * @throws EigenlensError "file-format"
 */
export async function readTorchArchive(
  source: ByteSource,
  entries: readonly ZipEntry[],
  budget: PickleBudget,
): Promise<TorchFile> {
  const pickle = entries.find((entry) => pickleName.test(entry.name));
  if (pickle === undefined) {
    throw new EigenlensError(
      "file-format",
      `${source.path} holds no data.pkl: save it with torch.save.`,
    );
  }
  const folder = pickle.name.slice(0, -"data.pkl".length);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const order = byName.get(`${folder}byteorder`);
  const byteOrder =
    order !== undefined && (await readText(order)).trim() === "big" ? "big" : "little";
  const { value, embedded } = await readPickle(await pickle.open(), 0, budget);
  const findStorage = (key: string): TorchStorage | undefined => {
    const entry = byName.get(`${folder}data/${key}`);
    if (entry === undefined) return undefined;
    return {
      byteLength: entry.byteLength,
      byteOrder,
      open: async () => ({ source: await entry.open(), offset: 0 }),
    };
  };
  return { root: value, findStorage, embedded };
}

async function readText(entry: ZipEntry): Promise<string> {
  const opened = await entry.open();
  return new TextDecoder().decode(await opened.read(0, Math.min(16, opened.byteLength)));
}
