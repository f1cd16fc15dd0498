import { close, constants, fsync, open, write } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { hasCode } from "./hasCode.ts";

// Descriptors rather than FileHandles: what a process was started with can be had in no other way.
export const closeDescriptor = promisify(close);
export const flushDescriptor = promisify(fsync);
const openDescriptor = promisify(open);
const writeSome = promisify(write);

const longestWait = 20;

/** Writes all of it at the descriptor's position; a reader that is slow is waited for. */
export async function writeFully(descriptor: number, content: Uint8Array | string): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  let wait = 1;
  let done = 0;
  while (done < bytes.byteLength) {
    try {
      // The system writes less than 2 GiB at once, and maybe less than it was asked for.
      const length = Math.min(bytes.byteLength - done, 2 ** 30);
      const { bytesWritten } = await writeSome(descriptor, bytes, done, length, null);
      done += bytesWritten;
      wait = 1;
    } catch (cause) {
      if (!hasCode(cause, "EAGAIN")) throw cause;
      await delay(wait);
      wait = Math.min(longestWait, 2 * wait);
    }
  }
}

/**
 * Opens a named pipe once it has a reader. Asked again and again rather than waited for in the system: a thread that
 * hangs there would keep an interrupted program from ending.
 */
export async function openPipe(path: string): Promise<number> {
  for (;;) {
    try {
      return await openDescriptor(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (cause) {
      if (!hasCode(cause, "ENXIO")) throw cause;
      await delay(longestWait);
    }
  }
}

export function openDevice(path: string): Promise<number> {
  return openDescriptor(path, constants.O_WRONLY);
}
