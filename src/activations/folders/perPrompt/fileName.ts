/** A path's last name without its extension, as an unnamed array of it may be called; `X` if that leaves nothing. */
export function fileName(path: string): string {
  const [last = ""] = path
    .split(/[/\\]/)
    .filter((segment) => segment !== "" && !/[*?]/.test(segment))
    .slice(-1);
  return last === "" || last === "." || last === ".." ? "X" : last;
}
