import { EigenlensError } from "../../../errors.ts";
import { lookup } from "../../../lookup.ts";
import type { ByteSource } from "../../byteSource.ts";
import { windowedSource } from "../../sources/windowedSource.ts";
import type { PickleBudget } from "./budget.ts";
import { readPickle } from "./readPickle.ts";
import type { TorchFile, TorchStorage } from "./torchTensor.ts";
import {
  itemsOf,
  PickleGlobal,
  PickleMapping,
  type PicklePersistent,
  scalarText,
  type PickleValue,
} from "./values.ts";

const legacyMagic = 0x1950a86a20f9469cfc6cn;
const storageBytes = 256;

/** Whether a file's first pickle says that `torch.save` before 1.6 wrote it. */
export function isLegacyMagic(value: PickleValue): boolean {
  return value === legacyMagic;
}

/**
 * The objects of a file of `torch.save` before 1.6: pickles for magic number, version, system, objects and storage
 * keys, then the storages.
 * @param start where the second pickle begins
 * @throws EigenlensError "file-format" if a storage ends beyond the file
 */
export async function readLegacy(
  source: ByteSource,
  start: number,
  budget: PickleBudget,
): Promise<TorchFile> {
  const version = await readPickle(source, start, budget);
  const system = await readPickle(source, version.end, budget);
  const objects = await readPickle(source, system.end, budget);
  const keys = await readPickle(source, objects.end, budget);
  const widths = storageWidths(objects.persistents);
  const byteOrder = entryOf(system.value, "little_endian") === false ? "big" : "little";
  const storages = new Map<string, TorchStorage>();
  const headers = windowedSource(source);
  let offset = keys.end;
  for (const item of itemsOf(keys.value)) {
    const key = scalarText(item);
    budget.charge(storageBytes);
    const header = await headers.read(offset, 8);
    const count = Number(
      new DataView(header.buffer, header.byteOffset).getBigInt64(0, byteOrder === "little"),
    );
    const byteLength = count * (widths.get(key) ?? 0);
    const at = offset + 8;
    if (!(count >= 0 && at + byteLength <= source.byteLength)) {
      throw new EigenlensError(
        "file-format",
        `${source.path}: storage ${key} claims ${count} values, ${source.byteLength - at} bytes follow: the file is cut short or damaged; copy or save it again.`,
      );
    }
    storages.set(key, {
      byteLength,
      byteOrder,
      open: () => Promise.resolve({ source, offset: at }),
    });
    offset = at + byteLength;
  }
  const { value: root, embedded } = objects;
  return { root, findStorage: (key) => storages.get(key), embedded };
}

function entryOf(value: PickleValue, key: string): PickleValue | undefined {
  if (!(value instanceof PickleMapping)) return undefined;
  return value.entries.find(([name]) => name === key)?.[1];
}

const widthOf: Readonly<Record<string, number>> = {
  Double: 8,
  Long: 8,
  ComplexFloat: 8,
  ComplexDouble: 16,
  Float: 4,
  Int: 4,
  QInt32: 4,
  Half: 2,
  BFloat16: 2,
  Short: 2,
};

/** Bytes of one value of every storage that the objects refer to. */
function storageWidths(persistents: readonly PicklePersistent[]): Map<string, number> {
  const widths = new Map<string, number>();
  for (const { identifier } of persistents) {
    const [, storageClass, key] = itemsOf(identifier);
    const name = storageClass instanceof PickleGlobal ? storageClass.name : "";
    const type = /(\w+)Storage$/.exec(name.slice(-80))?.[1] ?? "";
    widths.set(scalarText(key), lookup(widthOf, type) ?? 1);
  }
  return widths;
}
