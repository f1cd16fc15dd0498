import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The file in a folder of installations that names the one to be used; replaced as a whole. */
export const currentFile = "current.json";

/**
 * The installation that a folder points to.
 * @param folder that has installations, or is one itself
 * @returns the path of the one to be used; undefined if the folder names none
 */
export function currentInstallation(folder: string): string | undefined {
  try {
    const named: unknown = JSON.parse(readFileSync(join(folder, currentFile), "utf8"));
    const name = (named as { readonly folder?: unknown } | null)?.folder;
    return typeof name === "string" && /^[\w-]+$/.test(name) ? join(folder, name) : undefined;
  } catch {
    return undefined;
  }
}
