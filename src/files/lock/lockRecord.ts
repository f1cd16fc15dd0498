import { randomBytes } from "node:crypto";
import { link, open, readFile, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "../hasCode.ts";
import { finishPartial, startPartial } from "../partials.ts";
import { isRunning, processSpace } from "../processes.ts";

/** Who holds a lock, as its file says. */
export interface LockRecord {
  /** Of this acquisition: never given twice. */
  readonly token: string;
  readonly space: string;
  readonly pid: number;
}

/** A lock's file as it was found: `beat` changes for as long as its holder lives. */
export interface FoundRecord {
  readonly record: LockRecord;
  readonly beat: string;
}

const tokenPattern = /^[0-9a-z-]+$/;

export function newRecord(): LockRecord {
  return { token: randomBytes(8).toString("hex"), space: processSpace, pid: process.pid };
}

/** Undefined if nobody wrote one. */
export async function readRecord(path: string): Promise<FoundRecord | undefined> {
  try {
    // In this order: a file system of the network asks its server for the time anew once a file was opened.
    const text = await readFile(path, "utf8");
    const { ino, mtimeMs } = await stat(path);
    const beat = `${ino}-${mtimeMs}`;
    return { record: parseRecord(text) ?? { token: unreadable(beat), space: "", pid: 0 }, beat };
  } catch (cause) {
    if (hasCode(cause, "ENOENT")) return undefined;
    throw cause;
  }
}

/**
 * Writes a record where there is none, in one step.
 * @returns whether it did; on a file system of the network a "no" may be wrong
 */
export async function createRecord(path: string, record: LockRecord): Promise<boolean> {
  const text = JSON.stringify(record);
  const partial = startPartial(dirname(path));
  try {
    await writeNew(partial, text);
    await link(partial, path);
    return true;
  } catch (cause) {
    if (hasCode(cause, "EEXIST")) return false;
    if (linksAreUnknown(cause)) return await createInPlace(path, text);
    throw cause;
  } finally {
    await rm(partial, { force: true }).catch(() => undefined);
    finishPartial(partial);
  }
}

/** Whether the holder is known to have ended; one on another machine, or one that hangs, is not known to. */
export function hasEnded({ space, pid }: LockRecord): boolean {
  return space === processSpace && !isRunning(pid);
}

/** Some disks have no hard links (exFAT): then a reader may find the file empty for a moment. */
async function createInPlace(path: string, text: string): Promise<boolean> {
  try {
    await writeNew(path, text);
    return true;
  } catch (cause) {
    if (hasCode(cause, "EEXIST")) return false;
    throw cause;
  }
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

function parseRecord(text: string): LockRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const [token, space, pid] = ["token", "space", "pid"].map((key): unknown =>
    Reflect.get(value, key),
  );
  const valid =
    typeof token === "string" &&
    tokenPattern.test(token) &&
    typeof space === "string" &&
    Number.isSafeInteger(pid);
  return valid ? { token, space, pid: Number(pid) } : undefined;
}

function unreadable(beat: string): string {
  return `unreadable-${beat.replace(/\D/g, "-")}`;
}

function linksAreUnknown(cause: unknown): boolean {
  return ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "UNKNOWN"].some((code) =>
    hasCode(cause, code),
  );
}
