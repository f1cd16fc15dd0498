import { fchmodSync, fchownSync, fstatSync, openSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { EigenlensError } from "../errors.ts";
import {
  closeDescriptor,
  flushDescriptor,
  openDevice,
  openPipe,
  writeFully,
} from "./descriptor.ts";
import { findDestination, type Destination, type ExistingFile } from "./destination.ts";
import { refuseInputs } from "./inputs.ts";
import { finishPartial, startPartial, sweepPartials } from "./partials.ts";
import { reasonOf } from "./writeReasons.ts";

/** Adds to the end of the file that is being written. */
export type Append = (content: Uint8Array | string) => Promise<void>;

/** What must not be written over: the paths of files and folders that are read, as far as they are known by now. */
export type Inputs = () => readonly string[];

/**
 * Writes a file so that it is there whole or not at all: a partial file beside it, flushed, then renamed. What stood
 * there before stays until then, and gives its permissions to the new one. A symbolic link stays one, and what it
 * leads to is written; a pipe, a device or a descriptor (/dev/stdout) is written through.
 * @param write hands over the content, a part at a time
 * @param inputs asked before the first byte and after the last
 * @throws EigenlensError "usage" if it is an input; "file-access" if the folder is missing, read-only or full or a
 *   folder has the name; whatever else `write` throws as an EigenlensError
 */
export async function writeWholeFile(
  path: string,
  write: (append: Append) => Promise<void>,
  inputs: Inputs = () => [],
): Promise<void> {
  let destination: Destination | undefined;
  try {
    destination = await findDestination(path);
    await refuseInputs(path, destination, inputs());
    if (destination.kind === "file") {
      const { path: place, existing } = destination;
      await replaceFile(place, existing, async (append) => {
        await write(append);
        await refuseInputs(path, { kind: "file", path: place }, inputs());
      });
    } else {
      await writeThrough(destination, write);
    }
  } catch (cause) {
    throw unwritten(path, cause, destination === undefined || destination.kind === "file");
  }
}

/**
 * {@link writeWholeFile} of a content that is there already.
 * @param content in one piece, or in parts that are written one after the other
 */
export function writeContent(
  path: string,
  content: Uint8Array | string | readonly Uint8Array[],
  inputs?: Inputs,
): Promise<void> {
  const write = async (append: Append) => {
    for (const part of Array.isArray(content) ? content : [content]) await append(part);
  };
  return writeWholeFile(path, write, inputs);
}

/**
 * Whether a path may be written, asked before long work; it may still fail when it is written.
 * @throws EigenlensError as {@link writeWholeFile} does
 */
export async function checkWritable(path: string, inputs: Inputs): Promise<void> {
  try {
    await refuseInputs(path, await findDestination(path), inputs());
  } catch (cause) {
    throw unwritten(path, cause, true);
  }
}

function unwritten(path: string, cause: unknown, whole: boolean): EigenlensError {
  if (cause instanceof EigenlensError) return cause;
  return new EigenlensError(
    "file-access",
    `${path} could not be written: ${reasonOf(cause)}${whole ? "; nothing was left behind" : ""}.`,
    { cause },
  );
}

async function replaceFile(
  path: string,
  existing: ExistingFile | undefined,
  write: (append: Append) => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  await sweepPartials(folder);
  const partial = startPartial(folder);
  try {
    // Made in one step, so that an interrupt finds either nothing or a file to remove.
    const descriptor = openSync(partial, "wx", existing === undefined ? 0o666 : 0o600);
    try {
      if (existing !== undefined) takeOver(descriptor, existing);
      await write((content) => writeFully(descriptor, content));
      await flushDescriptor(descriptor);
    } finally {
      await closeDescriptor(descriptor);
    }
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw cause;
  } finally {
    finishPartial(partial);
  }
}

function takeOver(descriptor: number, { mode, owner, group }: ExistingFile): void {
  const made = fstatSync(descriptor);
  let kept = mode;
  if (made.uid !== owner || made.gid !== group) {
    try {
      fchownSync(descriptor, owner, group);
    } catch {
      // Only the superuser gives files away; a program that acts for its owner must not act for us.
      kept = mode & 0o777;
    }
  }
  fchmodSync(descriptor, kept);
}

async function writeThrough(
  destination: Exclude<Destination, { kind: "file" }>,
  write: (append: Append) => Promise<void>,
): Promise<void> {
  if (destination.kind === "descriptor") {
    await write((content) => writeFully(destination.descriptor, content));
    return;
  }
  const open = destination.kind === "pipe" ? openPipe : openDevice;
  const descriptor = await open(destination.path);
  try {
    await write((content) => writeFully(descriptor, content));
  } finally {
    await closeDescriptor(descriptor);
  }
}
