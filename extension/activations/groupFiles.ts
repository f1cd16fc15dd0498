/** A folder of files that nothing says belong together. */
export interface FileFolder {
  readonly path: string;
  /** All of them, in natural order. */
  readonly files: readonly string[];
}

/** What a workspace holds: files, folders that are one container, and folders of other files. */
export interface GroupedFiles {
  /** Files that lie in no folder below the workspace's own, in natural order. */
  readonly loose: readonly string[];
  /** Folders that are one container each, the outermost, in natural order. */
  readonly containers: readonly string[];
  readonly folders: readonly FileFolder[];
}

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
 * Puts containers in the place of their files, and other files below the folder that they lie in.
 * @param containers folders that are one container each
 * @param roots the workspace's own folders, whose files are below no row
 */
export function groupFiles(
  files: readonly string[],
  containers: ReadonlySet<string>,
  roots: readonly string[],
  compare: (a: string, b: string) => number,
): GroupedFiles {
  const within = (folder: string) => containers.has(folder) || containers.has(parentOf(folder));
  const outside = new Set(roots);
  const loose: string[] = [];
  const folders: FileFolder[] = [];
  for (const [folder, members] of byFolder(files)) {
    if (within(folder)) continue;
    if (outside.has(folder)) loose.push(...members);
    else folders.push({ path: folder, files: [...members].sort(compare) });
  }
  // A container within another is part of it.
  const outermost = [...containers].filter((folder) => !containers.has(parentOf(folder)));
  return {
    loose: loose.sort(compare),
    containers: outermost.sort(compare),
    folders: folders.sort((a, b) => compare(a.path, b.path)),
  };
}

/** The folder that a file lies in. */
export function parentOf(path: string): string {
  return path.replace(/[/\\][^/\\]*$/, "");
}
