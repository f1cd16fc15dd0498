import { join } from "node:path";

/** The bundle of the threads that unpack, beside that of the zarr library, which starts them. */
export const zarrWorkerPath = join(__dirname, "zarrWorker.js");
