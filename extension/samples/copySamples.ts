import { lstat, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { EigenlensError } from "../../src/errors.ts";
import { hasCode } from "../../src/files/hasCode.ts";
import { writeContent } from "../../src/files/writeWholeFile.ts";

/** What the sample data consist of. */
export const sampleNames = ["him.npy", "her.npy", "sentences.json"] as const;

/**
 * Copies the sample files that are missing in a folder, which is made if need be. Whatever lies there already stays
 * as it is, also under the name of a sample.
 * @param source the folder that the extension brings along
 * @throws EigenlensError "file-access" if a file cannot be read or written
 */
export async function copySamples(source: string, folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const name of sampleNames) {
      const place = join(folder, name);
      if (await isTaken(place)) continue;
      // Written rather than copied, since the extension's own files may be read-only.
      await writeContent(place, await readFile(join(source, name)));
    }
  } catch (cause) {
    if (cause instanceof EigenlensError) throw cause;
    throw new EigenlensError(
      "file-access",
      `The sample data could not be copied to ${folder} (${cause instanceof Error ? cause.message : String(cause)}): see that it is a folder that you may write.`,
      { cause },
    );
  }
}

/** By anything: a link that leads nowhere was put there by somebody, too. */
async function isTaken(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (cause) {
    if (hasCode(cause, "ENOENT")) return false;
    throw cause;
  }
}
