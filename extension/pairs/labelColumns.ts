import { EigenlensError } from "../../src/errors.ts";
import type { ConditionSource } from "../../src/conditions/condition.ts";
import { mostLabels, type LabelColumn } from "../../src/protocol/pairs.ts";
import { holdsOneTensor } from "../activations/fileTypes.ts";

/** So many files of a workspace are looked into, containers first, so that no search reads a disk full. */
const mostFiles = 500;

/** The columns that can be compared in all pairs, and those that have too many labels for it. */
export interface FoundColumns {
  readonly fitting: readonly LabelColumn[];
  readonly tooMany: readonly LabelColumn[];
}

/**
 * The columns of labels in some files, most rows first.
 * @param sources files, folders, or tensors of them; of a tensor only its own columns
 * @param columns reads the headers and vectors of one file
 * @param isChosen whether a file that cannot be read is the user's own choice, so that they are told why
 * @throws EigenlensError as `columns` does, if a file is the user's choice
 */
export async function findColumns(
  sources: readonly ConditionSource[],
  columns: (path: string) => Promise<readonly LabelColumn[]>,
  isChosen: boolean,
): Promise<FoundColumns> {
  const found: LabelColumn[] = [];
  const paths = [...new Set(sources.map(({ path }) => path))].sort(
    (a, b) => Number(isPlain(a)) - Number(isPlain(b)),
  );
  for (const path of paths.slice(0, mostFiles)) {
    const isMeant = ({ source }: LabelColumn) =>
      sources.some(
        (each) =>
          each.path === path && (each.tensor === undefined || each.tensor === source.tensor),
      );
    try {
      found.push(...(await columns(path)).filter(isMeant));
    } catch (thrown) {
      if (isChosen || !(thrown instanceof EigenlensError)) throw thrown;
    }
  }
  found.sort((a, b) => b.rows - a.rows);
  return {
    fitting: found.filter(({ count }) => count <= mostLabels),
    tooMany: found.filter(({ count }) => count > mostLabels),
  };
}

/** Matrices without labels of their own: what lies beside them may have some. */
function isPlain(path: string): boolean {
  return holdsOneTensor(path) && /\.npy$/i.test(path);
}

/** A folder stands for the files below it, unless it is a container itself. */
export function withinFolders(
  chosen: readonly ConditionSource[],
  files: readonly string[],
): ConditionSource[] {
  return chosen.flatMap((source) => {
    const below = files.filter((path) => isBelow(path, source.path));
    const isContainer = files.includes(source.path);
    return isContainer || below.length === 0 ? [source] : below.map((path) => ({ path }));
  });
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder) && /^[\\/]/.test(path.slice(folder.length));
}
