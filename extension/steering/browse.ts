import { sourcePath } from "../activations/sourcePath.ts";
import { askForFiles } from "../messages/fileDialog.ts";

/** Asks for any one file. @returns its path; undefined if the user gave up */
export async function browse(
  options: Parameters<typeof askForFiles>[0],
): Promise<string | undefined> {
  const [file] = await askForFiles(options);
  return file && sourcePath(file);
}
