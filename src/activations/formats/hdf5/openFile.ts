import type { Hdf5Thread } from "./thread.ts";

/** One opened file and the thread that reads it. */
export interface OpenHdf5 {
  readonly path: string;
  readonly thread: Hdf5Thread;
  /** Whether axes are stored in reverse. */
  readonly matlab: boolean;
}
