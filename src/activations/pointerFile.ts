import { EigenlensError } from "../errors.ts";
import type { ByteSource } from "./byteSource.ts";
import { decodeLatin1 } from "./latin1.ts";

/** Git LFS writes less than 1,024 bytes, git-annex at most 32 KiB; the first line tells either. */
export const longestPointer = 32 * 2 ** 10;
/** What is read of a file that may be one. */
export const headBytes = 1024;

/** The specification's address, that of the tool's first name, and that of the time before the specification. */
const lfsVersion =
  /^(?:version https?:\/\/(?:git-lfs\.github\.com\/spec|hawser\.github\.com\/spec|git-media\.io)\/|# git-media\b)/;
/** `/annex/objects/KEY`, or a link's target, written out where the file system has no links. */
const annexed = /^(?:[/\\]annex|(?:[^\0]*[/\\])?\.git[/\\]annex)[/\\]objects[/\\]/;

/**
 * Refuses a file that only stands for another: large files in Git repositories, by Git LFS or git-annex, that
 * were never fetched. Every opening of a file passes here, so that no reader takes one for damage.
 * @throws EigenlensError "file-access" naming the command that fetches the file, and the size it will have
 */
export async function refusePointer(source: ByteSource): Promise<void> {
  const { path, byteLength } = source;
  if (byteLength === 0 || byteLength > longestPointer) return;
  const bytes = await source.read(0, Math.min(headBytes, byteLength));
  // Of what is told here all is ASCII, and to decode the beginnings of a hundred thousand arrays as UTF-8 takes seconds.
  const text = decodeLatin1(bytes);
  const [line = ""] = text.split(/\r?\n/);
  if (byteLength <= headBytes && lfsVersion.test(line)) {
    const size = /^size (\d+)\s*$/m.exec(text)?.[1];
    throw new EigenlensError(
      "file-access",
      `${path} is a Git LFS pointer, not the file${sized(size)}: fetch it with \`git lfs pull\`.`,
    );
  }
  if (annexed.test(line)) throw annexError(path, "pointer", line);
}

/**
 * Why a symbolic link leads nowhere.
 * @param target what the link says
 */
export function brokenLinkError(path: string, target: string): EigenlensError {
  if (annexed.test(target)) return annexError(path, "link", target);
  return new EigenlensError(
    "file-access",
    `${path} is a link to ${target}, and nothing is there: restore that file, or choose another.`,
  );
}

function annexError(path: string, kind: string, target: string): EigenlensError {
  const size = /-s(\d+)(?:-[a-zA-Z]\d+)*--/.exec(target)?.[1];
  return new EigenlensError(
    "file-access",
    `${path} is a git-annex ${kind}, not the file${sized(size)}: fetch it with \`git annex get\`.`,
  );
}

function sized(bytes: string | undefined): string {
  return bytes === undefined ? "" : ` (of ${bytes} bytes)`;
}
