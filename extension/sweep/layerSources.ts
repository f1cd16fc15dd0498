import { EigenlensError } from "../../src/errors.ts";
import type { LayerPair } from "../../src/conditions/naming/pairLayers.ts";
import { holdsOneTensor, isMomentsPath } from "../activations/fileTypes.ts";

/** A file, or the files of a folder that hold one matrix each, in which several layers have both conditions. */
export interface LayerSource {
  readonly paths: readonly string[];
  readonly pairs: readonly LayerPair[];
}

/**
 * What of a workspace a sweep can run over, most layers first.
 * @param files that hold activations
 * @param layers reads the headers of files; throws an EigenlensError if they hold no layers or cannot be read
 */
export async function layerSources(
  files: readonly string[],
  layers: (paths: readonly string[]) => Promise<readonly LayerPair[]>,
): Promise<LayerSource[]> {
  const sources: LayerSource[] = [];
  for (const paths of candidates(files)) {
    try {
      const pairs = await layers(paths);
      if (pairs.length > 1) sources.push({ paths, pairs });
    } catch (thrown) {
      // A file that cannot be read is not offered; whoever chooses it by hand is told why.
      if (!(thrown instanceof EigenlensError)) throw thrown;
    }
  }
  return sources.sort((a, b) => b.pairs.length - a.pairs.length);
}

/** Containers one by one; files with one matrix each, and moments documents, by folder and ending. */
function candidates(files: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const key = isOneOfSeveral(file) ? `${folderOf(file)}\n${endingOf(file)}` : file;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  return [...groups.values()];
}

/** Files with one matrix each are one layer of several: the others lie beside them. */
export function withSiblings(chosen: readonly string[], files: readonly string[]): string[] {
  const beside = files.filter((file) =>
    chosen.some(
      (path) =>
        isOneOfSeveral(path) &&
        folderOf(path) === folderOf(file) &&
        endingOf(path) === endingOf(file),
    ),
  );
  return [...new Set([...chosen, ...beside])];
}

function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, "");
}

/** Moments documents of one folder are those of several layers. */
function isOneOfSeveral(path: string): boolean {
  return holdsOneTensor(path) || isMomentsPath(path);
}

function endingOf(path: string): string {
  return isMomentsPath(path) ? "moments.safetensors" : path.replace(/^.*\./, "");
}
