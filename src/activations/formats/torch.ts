import { EigenlensError } from "../../errors.ts";
import type { ActivationFile } from "../activationFile.ts";
import type { ByteSource } from "../byteSource.ts";
import type { ZipEntry } from "../sources/zipArchive.ts";
import { activationFile } from "../storedTensor.ts";
import { tensorsOf } from "./pickle/interpret.ts";
import { readPickle } from "./pickle/readPickle.ts";
import type { TorchStorage } from "./pickle/torchTensor.ts";
import {
  PickleCall,
  PickleGlobal,
  PickleMapping,
  PicklePersistent,
  PickleSequence,
  type PickleValue,
} from "./pickle/values.ts";

/** Whether a zip archive is one of `torch.save`: it holds a pickle named data.pkl in its one folder. */
export function isTorchArchive(entries: readonly ZipEntry[]): boolean {
  return entries.some((entry) => /^([^/]+\/)?data\.pkl$/.test(entry.name));
}

/**
 * A zip archive of `torch.save` (torch 1.6 and later): `data.pkl` describes the objects, each storage is an
 * entry of its own.
 */
export async function openTorchArchive(
  source: ByteSource,
  entries: readonly ZipEntry[],
): Promise<ActivationFile> {
  const pickle = entries.find((entry) => /^([^/]+\/)?data\.pkl$/.test(entry.name));
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
  const { value } = await readPickle(await pickle.open(), 0);
  const findStorage = (key: string): TorchStorage | undefined => {
    const entry = byName.get(`${folder}data/${key}`);
    if (entry === undefined) return undefined;
    return {
      byteLength: entry.byteLength,
      byteOrder,
      open: async () => ({ source: await entry.open(), offset: 0 }),
    };
  };
  return activationFile({
    path: source.path,
    format: "torch",
    byteLength: source.byteLength,
    tensors: tensorsOf(source.path, value, findStorage),
    close: () => source.close(),
  });
}

async function readText(entry: ZipEntry): Promise<string> {
  const opened = await entry.open();
  return new TextDecoder().decode(await opened.read(0, Math.min(16, opened.byteLength)));
}

const legacyMagic = 0x1950a86a20f9469cfc6cn;

/**
 * A file of `torch.save` before 1.6 (pickles for magic number, version, system, objects and storage keys, then
 * the storages), or any other pickle that holds numpy arrays in plain containers.
 */
export async function openPickle(source: ByteSource): Promise<ActivationFile> {
  const first = await readPickle(source, 0);
  const isLegacy = first.value === legacyMagic;
  const { root, findStorage } = isLegacy
    ? await readLegacy(source, first.end)
    : { root: first.value, findStorage: () => undefined };
  return activationFile({
    path: source.path,
    format: isLegacy ? "torch" : "pickle",
    byteLength: source.byteLength,
    tensors: tensorsOf(source.path, root, findStorage),
    close: () => source.close(),
  });
}

async function readLegacy(source: ByteSource, start: number) {
  const version = await readPickle(source, start);
  const system = await readPickle(source, version.end);
  const objects = await readPickle(source, system.end);
  const keys = await readPickle(source, objects.end);
  const widths = storageWidths(objects.value);
  const byteOrder = entryOf(system.value, "little_endian") === false ? "big" : "little";
  const storages = new Map<string, TorchStorage>();
  let offset = keys.end;
  for (const key of keys.value instanceof PickleSequence ? keys.value.items.map(String) : []) {
    const header = await source.read(offset, 8);
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
  return { root: objects.value, findStorage: (key: string) => storages.get(key) };
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
function storageWidths(root: PickleValue): Map<string, number> {
  const widths = new Map<string, number>();
  const seen = new Set<PickleValue>();
  const open: PickleValue[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof PickleSequence) for (const item of value.items) open.push(item);
    else if (value instanceof PickleMapping)
      for (const [key, entry] of value.entries) open.push(key, entry);
    else if (value instanceof PickleCall) {
      open.push(...value.parameters, ...value.appended, value.contents, value.state ?? null);
    } else if (value instanceof PicklePersistent && value.identifier instanceof PickleSequence) {
      const [, storageClass, key] = value.identifier.items;
      const name = storageClass instanceof PickleGlobal ? storageClass.name : "";
      const type = /(\w+)Storage$/.exec(name)?.[1] ?? "";
      widths.set(String(key), widthOf[type] ?? 1);
    }
  }
  return widths;
}
