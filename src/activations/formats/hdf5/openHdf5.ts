import type { ActivationFile } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { startsWith } from "../../latin1.ts";
import { activationFile } from "../../storedTensor.ts";
import { hdf5Dataset } from "./dataset.ts";
import type { Hdf5Listing } from "./messages.ts";
import { Hdf5Thread } from "./thread.ts";

/**
 * HDF5 (h5py, keras, MATLAB 7.3) through the HDF Group's own library in WebAssembly, on a thread of its own. Only
 * hard links inside the file are followed; external files are never opened. MATLAB's axes are reversed back.
 * @throws EigenlensError "file-format" with the library's reason
 */
export async function openHdf5(source: ByteSource): Promise<ActivationFile> {
  const { path, byteLength } = source;
  const head = await source.read(0, Math.min(10, byteLength));
  const matlab = startsWith(head, "MATLAB 7.3");
  // The library reads synchronously: a local file in place, anything else from memory.
  const content = source.localPath ?? (await source.read(0, byteLength));
  const thread = Hdf5Thread.take();
  try {
    const listing = (await thread.call(
      { kind: "open", content, byteLength, matlab },
      path,
    )) as readonly Hdf5Listing[];
    // MATLAB keeps the contents of its cells and objects in groups of these names.
    const shown = listing.filter(({ name }) => !(matlab && /^#(refs|subsystem)#/.test(name)));
    return activationFile({
      path,
      format: matlab ? "mat" : "hdf5",
      byteLength,
      tensors: shown.map((dataset) => hdf5Dataset({ path, thread, matlab }, dataset)),
      async close() {
        await thread.release();
        await source.close();
      },
    });
  } catch (error) {
    await thread.release();
    throw error;
  }
}
