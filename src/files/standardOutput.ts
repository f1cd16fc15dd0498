import { fstatSync } from "node:fs";
import { stat } from "node:fs/promises";
import { findDestination } from "./destination.ts";

/**
 * Whether writing a path writes to this process's standard output, so that words must go elsewhere. False if the
 * path cannot be written at all.
 */
export async function isStandardOutput(path: string): Promise<boolean> {
  try {
    const destination = await findDestination(path);
    if (destination.kind === "descriptor") return destination.descriptor === 1;
    if (destination.kind === "file") return false;
    const [named, output] = [await stat(destination.path), fstatSync(1)];
    return named.dev === output.dev && named.ino === output.ino;
  } catch {
    return false;
  }
}
