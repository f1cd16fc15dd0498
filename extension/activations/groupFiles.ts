/** A folder of many files that nothing says belong together. */
export interface FileFolder {
  readonly path: string;
  /** All of them, in natural order. */
  readonly files: readonly string[];
}

/** What the Activations view lists: files, folders that are one container, and folders of many files. */
export interface GroupedFiles {
  /** Files and containers, in natural order. */
  readonly sources: readonly string[];
  readonly folders: readonly FileFolder[];
}

/** More files of one folder than this are listed below a row of their own. */
const mostLoose = 50;

/** Files by the folder that they lie in. */
export function byFolder(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const folder = parentOf(file);
    const known = groups.get(folder);
    if (known === undefined) groups.set(folder, [file]);
    else known.push(file);
  }
  return groups;
}

/**
 * Folders that may be containers: those of several files, and those of such folders that hold no file themselves, as
 * datasets have their splits.
 * @param roots the workspace's own folders, which are never one
 */
export function possibleContainers(
  files: readonly string[],
  roots: readonly string[],
): readonly string[] {
  const groups = byFolder(files);
  const outside = new Set(roots);
  const found = new Set<string>();
  for (const folder of groups.keys()) {
    if (!outside.has(folder)) found.add(folder);
    const above = parentOf(folder);
    const isWithin = roots.some((root) => above.startsWith(`${root}/`));
    if (isWithin && !groups.has(above)) found.add(above);
  }
  return [...found];
}

/**
 * Puts containers in the place of their files, and the files of a full folder below a row of its own.
 * @param containers folders that are one container each
 */
export function groupFiles(
  files: readonly string[],
  containers: ReadonlySet<string>,
  compare: (a: string, b: string) => number,
): GroupedFiles {
  const within = (folder: string) => containers.has(folder) || containers.has(parentOf(folder));
  const loose: string[] = [];
  const folders: FileFolder[] = [];
  for (const [folder, members] of byFolder(files)) {
    if (within(folder)) continue;
    if (members.length <= mostLoose) loose.push(...members);
    else folders.push({ path: folder, files: [...members].sort(compare) });
  }
  // A container within another is part of it.
  const outermost = [...containers].filter((folder) => !containers.has(parentOf(folder)));
  return {
    sources: [...loose, ...outermost].sort(compare),
    folders: folders.sort((a, b) => compare(a.path, b.path)),
  };
}

function parentOf(path: string): string {
  return path.replace(/[/\\][^/\\]*$/, "");
}
