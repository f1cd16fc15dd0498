import type { ActivationFile, TensorInfo } from "../../activations/activationFile.ts";
import type { FileSystem } from "../../activations/byteSource.ts";
import { provenanceIn, type CaptureProvenance } from "../../activations/captureProvenance.ts";
import { describeError } from "../../errors.ts";
import type { ConditionSource } from "../condition.ts";
import { describeToken } from "../naming/describeSource.ts";
import { fileStem } from "../naming/guessName.ts";
import { folderOf, innerFolder } from "../naming/paths.ts";
import { siteOfHook } from "./hookSites.ts";

/** What is known of where a condition's activations came from, and what could not be read of it. */
export interface FoundProvenance {
  readonly capture: CaptureProvenance;
  readonly notes: readonly string[];
}

/**
 * Where activations came from: the container's own word goes first (its metadata, its manifest), then `NAME.capture.json`
 * or the folder's `capture.json`, then a tensor's name if it is that of a hook. What the source chooses (the token)
 * stands if nothing else says it.
 */
export async function findProvenance(
  file: ActivationFile,
  info: TensorInfo,
  source: ConditionSource,
  fileSystem: FileSystem,
): Promise<FoundProvenance> {
  const notes: string[] = [];
  const beside = await sidecar(file, fileSystem, notes);
  const { token, layer } = source;
  const numbered = info.layerNumbers !== undefined && layer !== undefined ? { layer } : {};
  return {
    notes,
    capture: {
      ...(token === undefined ? {} : { token_rule: describeToken(token) }),
      ...siteOfHook(info.name),
      ...beside,
      ...file.provenance,
      ...info.provenance,
      ...provenanceIn(numbered),
    },
  };
}

const longestSidecar = 2 ** 20;

async function sidecar(
  file: ActivationFile,
  fileSystem: FileSystem,
  notes: string[],
): Promise<CaptureProvenance> {
  for (const path of captureSidecars(file.path, file.folder !== undefined)) {
    try {
      const found = await fileSystem.stat(path);
      if (found?.kind !== "file") continue;
      if (found.byteLength > longestSidecar)
        throw new RangeError(`it has ${found.byteLength} bytes`);
      const opened = await fileSystem.open(path);
      try {
        const text = new TextDecoder().decode(await opened.read(0, opened.byteLength));
        const value: unknown = JSON.parse(text);
        if (typeof value === "object" && value !== null) return provenanceIn({ ...value });
        throw new RangeError("it holds no object");
      } finally {
        await opened.close();
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : describeError(error).message;
      notes.push(`${path} is not used for provenance: ${reason}`);
    }
  }
  return {};
}

/** The file beside activations that says where they came from: `NAME.capture.json`, in a folder `capture.json`. */
export function captureSidecar(path: string, isFolder: boolean): string {
  if (isFolder) return `${path.replace(/[/\\]$/, "")}/capture.json`;
  return `${folderOf(path)}${fileStem(path)}.capture.json`;
}

/** Where what is beside activations is looked for; the first that is there is read. */
export function captureSidecars(path: string, isFolder: boolean): readonly [string, ...string[]] {
  // Of files by a pattern: none of them has the pattern's name.
  if (/[*?]/.test(path)) return [`${innerFolder(path)}capture.json`];
  const own = captureSidecar(path, false);
  return isFolder ? [captureSidecar(path, true), own] : [own, `${folderOf(path)}capture.json`];
}
