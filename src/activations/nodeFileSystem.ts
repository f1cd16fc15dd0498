import { constants, type Stats } from "node:fs";
import { readdir, readlink, realpath, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { sep } from "node:path";
import { EigenlensError } from "../errors.ts";
import { lookup } from "../lookup.ts";
import type { ByteSource, FileStat, FileSystem, LinkOut } from "./byteSource.ts";
import { brokenLinkError, headBytes, longestPointer, refusePointer } from "./pointerFile.ts";
import { Descriptor } from "./sources/descriptor.ts";

/** The system reads no more than 2 GiB at once. */
const longestRead = 2 ** 30;
/** Copying so much out of the system's memory takes longer than asking a second thread to help. */
const shortestShared = 2 ** 21;
/** Opening a FIFO would wait for its writer for ever, were it not told otherwise; Windows knows no such flag. */
const readNow = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
/** Node reads on four threads. */
const mostReaders = Math.min(4, availableParallelism());

/** The local disk through `node:fs`. */
export const nodeFileSystem: FileSystem = {
  tellsFound: true,

  async open(path) {
    let opened: Descriptor;
    try {
      opened = await Descriptor.open(path, readNow);
    } catch (cause) {
      throw (await otherThanFile(path)) ?? accessError(path, cause);
    }
    try {
      if (!opened.stats.isFile()) throw notFile(path, opened.stats);
      const { size } = opened.stats;
      const source = fileSource(path, opened);
      if (size > longestPointer) return source;
      // Headers of small files are read in many small pieces, and there may be very many files.
      const quick = withHead(source, await source.read(0, Math.min(headBytes, size)));
      await refusePointer(quick);
      return quick;
    } catch (cause) {
      await opened.close();
      throw accessError(path, cause);
    }
  },

  async list(path) {
    try {
      return await readdir(path);
    } catch (cause) {
      if (isMissing(cause)) return undefined;
      throw accessError(path, cause);
    }
  },

  async linksOut(path) {
    try {
      const entries = await readdir(path, { withFileTypes: true });
      const links = entries.filter((entry) => entry.isSymbolicLink());
      if (links.length === 0) return [];
      const folder = await realpath(path);
      const home = hubRepository(folder);
      const out: LinkOut[] = [];
      for (const { name } of links) {
        // A link that leads nowhere is told of when it is opened.
        const target = await realpath(`${path}/${name}`).catch(() => undefined);
        const isWithin = (place: string) => target?.startsWith(place + sep) === true;
        if (target === undefined || isWithin(folder)) continue;
        if (home === undefined || !isWithin(home)) out.push({ name, target });
      }
      return out;
    } catch (cause) {
      throw accessError(path, cause);
    }
  },

  async stat(path) {
    try {
      const found = await stat(path);
      return describeStat(found);
    } catch (cause) {
      if (!isMissing(cause)) throw accessError(path, cause);
      // A link that leads nowhere is no absent file: what it stands for would be taken for empty.
      const target = await linkTarget(path);
      return target === undefined ? undefined : { kind: "file", byteLength: 0, modified: 0 };
    }
  },
};

function describeStat(found: Stats): FileStat {
  return {
    kind: found.isDirectory() ? "folder" : "file",
    byteLength: found.size,
    modified: found.mtimeMs,
    identity: `${found.dev}:${found.ino}`,
  };
}

/** The source with its first bytes at hand. */
function withHead(source: ByteSource, head: Uint8Array): ByteSource {
  return {
    ...source,
    read: (offset, length) =>
      offset >= 0 && offset + length <= head.byteLength
        ? Promise.resolve(head.slice(offset, offset + length))
        : source.read(offset, length),
  };
}

/** The files of a snapshot in the cache of the Hugging Face Hub are links to the `blobs` of the same repository. */
function hubRepository(folder: string): string | undefined {
  const [, repository] = /^(.*)[/\\]snapshots[/\\][0-9a-f]{40}(?:[/\\].*)?$/s.exec(folder) ?? [];
  return repository === undefined ? undefined : `${repository}${sep}blobs`;
}

async function linkTarget(path: string): Promise<string | undefined> {
  return readlink(path).catch(() => undefined);
}

/** Why a path cannot be opened, if it is a link that leads nowhere, or no file: asked only then. */
async function otherThanFile(path: string): Promise<EigenlensError | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? undefined : notFile(path, found);
  } catch (cause) {
    const target = isMissing(cause) ? await linkTarget(path) : undefined;
    return target === undefined ? undefined : brokenLinkError(path, target);
  }
}

function notFile(path: string, found: Stats): EigenlensError {
  const kind = found.isDirectory() ? "a folder" : "a device or pipe";
  return new EigenlensError("file-access", `${path} is ${kind}: choose an activation file.`);
}

function fileSource(path: string, opened: Descriptor): ByteSource {
  const { size: byteLength, mtimeMs: modified } = opened.stats;
  async function readInto(offset: number, destination: Uint8Array): Promise<void> {
    const { byteLength: length } = destination;
    const step = length < shortestShared ? length : Math.ceil(length / mostReaders);
    const parts: Promise<void>[] = [];
    for (let start = 0; start < length; start += step) {
      const part = destination.subarray(start, start + step);
      parts.push(readPart(offset + start, part, offset + length));
    }
    // All come to their end before a failure is told, since the memory may be used again then.
    for (const ended of await Promise.allSettled(parts)) {
      if (ended.status === "rejected") throw ended.reason;
    }
  }

  /** @param end of the whole request, for the message */
  async function readPart(offset: number, destination: Uint8Array, end: number): Promise<void> {
    let done = 0;
    while (done < destination.byteLength) {
      let bytesRead: number;
      try {
        const wanted = Math.min(destination.byteLength - done, longestRead);
        bytesRead = await opened.read(destination, done, wanted, offset + done);
      } catch (cause) {
        throw accessError(path, cause);
      }
      if (bytesRead === 0) throw shortRead(end);
      done += bytesRead;
    }
  }

  function shortRead(wanted: number): EigenlensError {
    const now = opened.statNow();
    const changed = now.size !== byteLength || now.mtimeMs !== modified;
    return new EigenlensError(
      "file-access",
      changed
        ? `${path} changed while it was read: it had ${byteLength} bytes and now has ${now.size}; wait until it is written, then run again.`
        : `${path} ends at byte ${now.size}, but ${wanted} are needed: the file is cut short; copy or save it again.`,
    );
  }

  return {
    path,
    byteLength,
    localPath: path,
    found: describeStat(opened.stats),
    readInto,
    async read(offset, length) {
      // Checked before allocating: a hostile header may ask for more than there is.
      if (offset + length > byteLength) throw shortRead(offset + length);
      const bytes = new Uint8Array(length);
      await readInto(offset, bytes);
      return bytes;
    },
    close: () => opened.close(),
  };
}

function errorCode(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}

function isMissing(cause: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(errorCode(cause));
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file; check the path",
  ENOTDIR: "there is no such file; check the path",
  EACCES: "permission to read it is denied; check its rights",
  EPERM: "permission to read it is denied; check its rights",
  EISDIR: "it is a folder; choose an activation file",
  ELOOP: "its symbolic links go round in a circle; choose the file itself",
  EMFILE: "too many files are open; close some and try again",
};

function accessError(path: string, cause: unknown): EigenlensError {
  if (cause instanceof EigenlensError) return cause;
  const code = errorCode(cause);
  const text = cause instanceof Error ? cause.message : String(cause);
  const reason = lookup(reasons, code) ?? `reading it failed (${code === "" ? text : code})`;
  return new EigenlensError("file-access", `${path}: ${reason}.`, { cause });
}
