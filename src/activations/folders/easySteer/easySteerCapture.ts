import type { ActivationFile } from "../../activationFile.ts";
import type { FileSystem } from "../../byteSource.ts";
import { activationFile, type StoredFile } from "../../storedTensor.ts";
import { folderJson, visibleNames, type Folder, type FolderRecogniser } from "../folder.ts";
import type { OpenPart } from "../parts/openParts.ts";
import { missingPart } from "../shards/missingPart.ts";
import { captureTensors, type CapturedLayer } from "./captureTensors.ts";
import { captureManifest, type CaptureLayer, type CaptureManifest } from "./manifest.ts";

const manifestName = "manifest.json";

/**
 * What EasySteer's `CaptureResult.save` writes: `manifest.json` (version 1), and for each layer its tokens, one per row, in
 * `layer-N.npy`, with `positions-N.npy` and `tokens-N.npy`. bfloat16 is stored as int16; the manifest says so.
 */
export const easySteerCapture: FolderRecogniser = {
  format: "an EasySteer capture",
  async recognise(folder, { fileSystem, open }) {
    const manifest = await readManifest(folder, fileSystem);
    if (manifest === undefined) return undefined;
    const own = new Set(manifest.layers.flatMap(({ layer }) => filesOf(layer)));
    return {
      claims: (name) => own.has(name),
      open: () => openCapture(folder, manifest, open),
    };
  },
};

/**
 * One layer of a capture, opened alone: what its manifest says of it holds, too.
 * @param path of `layer-N.npy`
 * @returns undefined if no manifest lies beside it that describes it
 * @throws EigenlensError as {@link easySteerCapture} does
 */
export async function openCaptureLayer(
  path: string,
  fileSystem: FileSystem,
  open: OpenPart,
): Promise<ActivationFile | undefined> {
  const [, base = "", number = ""] = /^(.*?)layer-(\d{1,6})\.npy$/s.exec(path) ?? [];
  if (number === "") return undefined;
  const names = visibleNames((await fileSystem.list(base === "" ? "." : base)) ?? []);
  const folder: Folder = { path: base, base, names, isChosen: true };
  const manifest = await readManifest(folder, fileSystem);
  const described = manifest?.layers.find(({ layer }) => layer === Number(number));
  if (manifest === undefined || described === undefined) return undefined;
  const layer = await openLayer(folder, described, "", manifest, open);
  const file = {
    path,
    format: "npy",
    byteLength: layer.array.byteLength,
    provenance: manifest.provenance,
    close: () => closeAll([layer]),
  };
  return activationFile({ ...file, tensors: captureTensors([layer], manifest, file) });
}

async function readManifest(
  folder: Folder,
  fileSystem: FileSystem,
): Promise<CaptureManifest | undefined> {
  const value = await folderJson(folder, manifestName, fileSystem);
  return value === undefined ? undefined : captureManifest(folder.base + manifestName, value);
}

function filesOf(layer: number): string[] {
  return [`layer-${layer}.npy`, `positions-${layer}.npy`, `tokens-${layer}.npy`];
}

async function openCapture(
  folder: Folder,
  manifest: CaptureManifest,
  open: OpenPart,
): Promise<ActivationFile> {
  const layers: CapturedLayer[] = [];
  try {
    for (const described of manifest.layers) {
      const name = `layer-${described.layer}`;
      layers.push(await openLayer(folder, described, name, manifest, open));
    }
  } catch (error) {
    await closeAll(layers);
    throw error;
  }
  const file: Omit<StoredFile, "tensors"> = {
    path: folder.path,
    format: "easysteer",
    byteLength: layers.reduce((sum, { array }) => sum + array.byteLength, 0),
    folder: folder.path,
    provenance: manifest.provenance,
    close: () => closeAll(layers),
  };
  return activationFile({ ...file, tensors: captureTensors(layers, manifest, file) });
}

async function openLayer(
  folder: Folder,
  described: CaptureLayer,
  name: string,
  { layers }: CaptureManifest,
  open: OpenPart,
): Promise<CapturedLayer> {
  const files = filesOf(described.layer);
  const missing = files.find((each) => !folder.names.includes(each));
  if (missing !== undefined) {
    throw missingPart(folder.path, layers.indexOf(described) + 1, layers.length, missing);
  }
  const [array, positions, tokens] = await Promise.all(
    files.map((each) => open(folder.base + each)),
  );
  if (array === undefined || positions === undefined || tokens === undefined) {
    throw new RangeError("A layer of a capture has three files.");
  }
  return { described, name, array, positions, tokens };
}

async function closeAll(layers: readonly CapturedLayer[]): Promise<void> {
  const files = layers.flatMap(({ array, positions, tokens }) => [array, positions, tokens]);
  await Promise.all(files.map((file) => file.close()));
}
