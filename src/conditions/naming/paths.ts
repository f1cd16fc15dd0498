/** The folder of a path, with its separator; empty if the path is a bare name. */
export function folderOf(path: string): string {
  return /^.*[/\\]/s.exec(path)?.[0] ?? "";
}

/** The folder in which the files of a container lie, with its separator: itself, or what a pattern begins with. */
export function innerFolder(path: string): string {
  if (/[*?]/.test(path)) return folderOf(path.replace(/[*?].*$/s, ""));
  return /[/\\]$/.test(path) ? path : `${path}/`;
}

/** Whether a path names its place completely: `/data/x`, `C:\x`, or a URI with a scheme. */
export function isAbsolutePath(path: string): boolean {
  return /^([/\\]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(path);
}
