/** The folder of a path, with its separator; empty where the path is a bare name. */
export function folderOf(path: string): string {
  return /^.*[/\\]/s.exec(path)?.[0] ?? "";
}

/** Whether a path names its place completely: `/data/x`, `C:\x`, or a URI with a scheme. */
export function isAbsolutePath(path: string): boolean {
  return /^([/\\]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(path);
}
