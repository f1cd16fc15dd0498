import type { FileSystem } from "../../byteSource.ts";

/** Whether a folder is a zarr group or array, version 2 or 3. */
export async function isZarrFolder(path: string, fileSystem: FileSystem): Promise<boolean> {
  const names = await fileSystem.list(path);
  return names?.some((name) => [".zarray", ".zgroup", "zarr.json"].includes(name)) === true;
}
