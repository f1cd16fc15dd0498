import { lookup } from "../lookup.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; free some space or choose another folder",
  EDQUOT: "your share of the disk is used up; free some space or choose another folder",
  EFBIG: "the file would be larger than this disk or account allows; choose another folder",
  EACCES: "permission to write there is denied; choose another place",
  EPERM: "permission to write there is denied; choose another place",
  EROFS: "the disk is read-only; choose another folder",
  ENOENT: "its folder does not exist; make it or choose another",
  ENOTDIR: "its folder does not exist; make it or choose another",
  EISDIR: "a folder has this name; choose another name",
  ELOOP: "its symbolic links go round in a circle; choose the file itself",
  ENAMETOOLONG: "its name is too long; choose a shorter one",
  ENOTBLK: "it is a disk; choose a file",
  ENXIO: "nothing reads from it; choose a file or a pipe",
  EBADF: "it is not open for writing; choose another",
  EPIPE: "its reader has gone; start it again",
  EBUSY: "another program has it open; close that or choose another name",
};

/** Why the system would not write a file and what to do, in half a sentence. */
export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = "code" in cause ? String(cause.code) : "";
  return lookup(reasons, code) ?? cause.message;
}
