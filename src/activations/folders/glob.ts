import { EigenlensError } from "../../errors.ts";
import type { FileSystem } from "../byteSource.ts";
import type { Folder } from "./folder.ts";
import { naturalOrder } from "./naturalOrder.ts";

/** Whether a path may be a pattern: it holds `*` or `?`. */
export function isPattern(path: string): boolean {
  return /[*?]/.test(path);
}

const mostFolders = 10_000;

/**
 * The files that a pattern stands for: `*` any characters of a name, `?` one. Hidden names are left out.
 * @throws EigenlensError "file-access" if there are none
 */
export async function filesOfPattern(path: string, fileSystem: FileSystem): Promise<Folder> {
  const segments = path.split(/(?<=[/\\])/);
  const first = segments.findIndex(isPattern);
  const base = segments.slice(0, first).join("");
  let names = [""];
  for (const segment of segments.slice(first)) {
    const separator = /[/\\]$/.exec(segment)?.[0] ?? "";
    const wanted = segment.slice(0, segment.length - separator.length);
    const next: string[] = [];
    for (const name of names) {
      for (const entry of await matches(base + name, wanted, fileSystem)) {
        next.push(name + entry + separator);
      }
    }
    if (separator !== "" && next.length > mostFolders) throw tooMany(path);
    names = next;
  }
  if (names.length > 0) return { path, base, names: names.sort(naturalOrder), isChosen: true };
  throw new EigenlensError(
    "file-access",
    `${path}: there is no file of this pattern; check it (* stands for any characters of a name, ? for one).`,
  );
}

async function matches(
  folder: string,
  wanted: string,
  fileSystem: FileSystem,
): Promise<readonly string[]> {
  if (!isPattern(wanted)) {
    return (await fileSystem.stat(folder + wanted)) === undefined ? [] : [wanted];
  }
  const known = await fileSystem.list(folder === "" ? "." : folder);
  return (known ?? []).filter((name) => !name.startsWith(".") && isMatch(name, wanted));
}

/** Without a regular expression: one with many `*` may take for ever on a long name. */
function isMatch(name: string, wanted: string): boolean {
  let [at, from] = [0, 0];
  let star = -1;
  let kept = 0;
  while (at < name.length) {
    if (wanted[from] === "*") {
      star = from++;
      kept = at;
    } else if (from < wanted.length && (wanted[from] === "?" || wanted[from] === name[at])) {
      at++;
      from++;
    } else if (star >= 0) {
      from = star + 1;
      at = ++kept;
    } else {
      return false;
    }
  }
  return /^\**$/.test(wanted.slice(from));
}

function tooMany(path: string): EigenlensError {
  return new EigenlensError(
    "usage",
    `${path} goes through more than ${mostFolders} folders: name some of them.`,
  );
}
