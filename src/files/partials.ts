import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { constants } from "node:os";
import { join } from "node:path";
import { isRunning, processSpace } from "./processes.ts";

/** Short whatever the file is called, so that the longest names can be written, and with its writer's process. */
const namePattern = /^\.eigenlens-([0-9a-f]{8})-(\d+)-[0-9a-f]+\.partial$/;
const interrupts = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const unfinished = new Set<string>();
let cleansOnInterrupt = false;

/** A path in a folder for a file that is still being written; to be given back to {@link finishPartial}. */
export function startPartial(folder: string): string {
  const name = `.eigenlens-${processSpace}-${process.pid}-${randomBytes(6).toString("hex")}.partial`;
  const path = join(folder, name);
  if (unfinished.size === 0 && cleansOnInterrupt) {
    for (const signal of interrupts) process.on(signal, leave);
  }
  unfinished.add(path);
  return path;
}

/** Nothing lies at this path any more, or it got its name. */
export function finishPartial(path: string): void {
  unfinished.delete(path);
  if (unfinished.size > 0) return;
  for (const signal of interrupts) process.off(signal, leave);
}

/**
 * From now on an interrupt (SIGINT, SIGTERM, SIGHUP) removes what is half-written and ends the process with 128 and
 * the signal's number, as shells expect. Only a program that owns its process may ask for this.
 */
export function cleanOnInterrupt(): void {
  cleansOnInterrupt = true;
  process.on("exit", removeUnfinished);
}

/**
 * Removes what processes left half-written in a folder that ended without cleaning up. Files of running processes
 * and of other machines stay; so does everything where the folder cannot be listed.
 */
export async function sweepPartials(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, space, pid] = namePattern.exec(name) ?? [];
    if (space !== processSpace || isRunning(Number(pid))) continue;
    await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}

// Listened to only while something is half-written: a listener would hold an interrupt up while kernels compute.
function leave(signal: NodeJS.Signals): void {
  removeUnfinished();
  process.exit(128 + constants.signals[signal]);
}

function removeUnfinished(): void {
  for (const path of unfinished) {
    try {
      rmSync(path, { force: true });
    } catch {
      // The next write to this folder tries again.
    }
  }
}
