import { createHash } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * Eight hexadecimal digits for where process ids have their meaning: this machine and, on Linux, this namespace of
 * process ids, since two containers may share a folder and even a host name.
 */
export const processSpace: string = createHash("sha256")
  .update(`${hostname()} ${pidNamespace()}`)
  .digest("hex")
  .slice(0, 8);

/** Whether a process of this {@link processSpace} runs; one that may not be signalled does. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return !(thrown instanceof Error && "code" in thrown && thrown.code === "ESRCH");
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
