import { EigenlensError } from "../../errors.ts";
import type { ActivationFile } from "../activationFile.ts";
import type { ByteSource } from "../byteSource.ts";
import { mountFile } from "../sources/mountedFile.ts";
import { activationFile, type StoredTensor } from "../storedTensor.ts";
import { attempt } from "./hdf5Errors.ts";
import { hdf5Dataset, type OpenHdf5 } from "./hdf5Dataset.ts";

const mostObjects = 20_000;

/**
 * HDF5 (h5py, keras, MATLAB 7.3) through the HDF Group's own library in WebAssembly. Only hard links inside the
 * file are followed; external files are never opened. MATLAB's axes are reversed back.
 * @throws EigenlensError "file-format" with the library's reason
 */
export async function openHdf5(source: ByteSource): Promise<ActivationFile> {
  const { path, byteLength } = source;
  const { loadH5wasm } = await import("../libraries/h5wasm.ts");
  const library = await loadH5wasm();
  const { Module, FS } = library;
  if (FS === null) throw new Error("The HDF5 library came without its file system.");
  const head = await source.read(0, Math.min(10, byteLength));
  const matlab = new TextDecoder("latin1").decode(head) === "MATLAB 7.3";
  const mounted = await mountFile(source, FS as unknown as Parameters<typeof mountFile>[1]);
  // Errors become exceptions with the library's own words, instead of lines on standard error.
  Module.activate_throwing_error_handler();
  try {
    const file = attempt(path, () => new library.File(mounted.path, "r"));
    const opened: OpenHdf5 = { path, byteLength, library, file, matlab };
    const tensors = attempt(path, () => listDatasets(opened));
    return activationFile({
      path,
      format: matlab ? "mat" : "hdf5",
      byteLength,
      tensors,
      async close() {
        file.close();
        mounted.unmount();
        await source.close();
      },
    });
  } catch (error) {
    mounted.unmount();
    throw error;
  }
}

function listDatasets(opened: OpenHdf5): StoredTensor[] {
  const { path, library, file, matlab } = opened;
  const { Module } = library;
  // The library visits each group once, whatever circles its links make.
  const names = Module.get_names(file.file_id, "/", true);
  if (names.length > mostObjects) {
    throw new EigenlensError(
      "file-format",
      `${path} holds ${names.length} objects, more than the ${mostObjects} that are listed: split it.`,
    );
  }
  const tensors: StoredTensor[] = [];
  for (const name of names) {
    // MATLAB keeps the contents of its cells and objects in groups of these names.
    if (matlab && /^#(refs|subsystem)#/.test(name)) continue;
    if (Module.get_type(file.file_id, name) !== Module.H5G_DATASET) continue;
    tensors.push(hdf5Dataset(opened, name));
  }
  return tensors;
}
