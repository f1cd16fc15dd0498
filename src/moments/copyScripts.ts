import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EigenlensError } from "../errors.ts";
import { hasCode } from "../files/hasCode.ts";
import { writeContent } from "../files/writeWholeFile.ts";

/** What is copied beside a capture: one file, which needs no other. */
export const momentsScripts = ["eigenlens_moments.py"] as const;

/** What is copied to a cluster's own machine: the job, and what it needs beside itself. */
export const daskScripts = [
  ...momentsScripts,
  "eigenlens_dask.py",
  "eigenlens_range.py",
  "eigenlens_sources.py",
  "eigenlens_sums.py",
  "eigenlens_tree.py",
] as const;

/**
 * Copies scripts into a folder. What is there already is left if it is the same, and replaced only if `mayReplace` says so.
 * @param source the folder that Eigenlens brings along
 * @returns whether all of them lie there now; after a no nothing further is written
 * @throws EigenlensError "file-access" if a file cannot be read or written; whatever `mayReplace` throws
 */
export async function copyScripts(
  names: readonly string[],
  source: string,
  folder: string,
  mayReplace: (path: string) => Promise<boolean>,
): Promise<boolean> {
  for (const name of names) {
    const place = join(folder, name);
    const content = await readFile(join(source, name));
    const present = await contentOf(place);
    if (present?.equals(content) === true) continue;
    if (present !== undefined && !(await mayReplace(place))) return false;
    // Written rather than copied, since the extension's own files may be read-only.
    await writeContent(place, content);
  }
  return true;
}

async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (hasCode(cause, "ENOENT")) return undefined;
    throw new EigenlensError(
      "file-access",
      `${path} cannot be read (${cause instanceof Error ? cause.message : String(cause)}): choose a folder of your own.`,
      { cause },
    );
  }
}
