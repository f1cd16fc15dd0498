import { join } from "node:path";

/** The bundle of the HDF5 thread, beside those that start it. */
export const hdf5WorkerPath = join(__dirname, "libraries", "hdf5Worker.js");
