import { sourceUri } from "../activations/sourcePath.ts";
import { statOrNothing } from "../engine/editorFiles.ts";
import type { StatSource } from "../runList/sourceStamps.ts";
import { statOnDisk } from "./storedRun.ts";

/** Size and time of a source wherever it lies: on disk with fractions of milliseconds, else as the editor says. */
export const statSource: StatSource = async (path) => {
  const uri = sourceUri(path);
  if (uri.scheme === "file") return statOnDisk(path);
  const found = await statOrNothing(uri);
  return found && { byteLength: found.size, modified: found.mtime };
};
