/** The last part of a path, whichever separator it has. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

/** A stem for file names: letters, digits, dot and hyphen, never empty, at most 60 characters. */
export function fileStem(text: string): string {
  const stem = text
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9.]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 60);
  return stem === "" ? "run" : stem;
}
