import { readdir, rm, utimes } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { EigenlensError } from "../../errors.ts";
import { createRecord, hasEnded, newRecord, readRecord, type LockRecord } from "./lockRecord.ts";

/** Milliseconds; times are those of a steady clock, since the wall clock jumps. */
export interface LockTimes {
  /** How often a holder shows that it lives. */
  readonly beat: number;
  /** After so long without a sign a holder counts as gone. */
  readonly silence: number;
  /** After so long without getting the lock the work is given up. */
  readonly patience: number;
}

export const usualTimes: LockTimes = { beat: 5_000, silence: 60_000, patience: 120_000 };

/** The longest pause between two tries. */
const pause = 25;

/** When this process last gave a lock back, by path. */
const released = new Map<string, number>();

/** What work under a lock may ask. */
export interface HeldLock {
  /**
   * To be asked just before a change becomes visible: a process that slept may have lost the lock.
   * @throws EigenlensError "file-access"
   */
  check(): Promise<void>;
}

/**
 * Does work while no other process does work under the same lock, which is a file. Instead of removing the lock of a
 * holder that is gone, which two processes could do to each other's, a successor writes `PATH.TOKEN`, with the token
 * of the one that it succeeds: only one can, so that the last of this chain holds the lock. A holder is gone if its
 * process ended, or, where that cannot be known (another machine, a process id given anew), once it gave no sign for
 * a minute of our own steady clock.
 * @throws EigenlensError "file-access" if the lock is not to be had in two minutes or cannot be written; whatever
 *   `work` throws
 */
export async function withFileLock<T>(
  path: string,
  work: (lock: HeldLock) => Promise<T>,
  times: LockTimes = usualTimes,
): Promise<T> {
  // Whoever has just had it lets those who wait look first; else one process could keep it from all others.
  const since = performance.now() - (released.get(path) ?? -Infinity);
  if (since < pause) await delay(pause - since);
  const { record, place } = await acquire(path, times);
  // Any time is a sign of life, as long as it is another one: nobody compares it with a clock.
  const beat = setInterval(() => {
    const now = new Date();
    void utimes(place, now, now).catch(() => undefined);
  }, times.beat);
  beat.unref();
  try {
    return await work({ check: () => checkHeld(path, record) });
  } finally {
    clearInterval(beat);
    // Where that fails, our silence releases it in a minute; the work is done all the same.
    await release(path, record).catch(() => undefined);
    released.set(path, performance.now());
  }
}

interface Tip {
  readonly place: string;
  /** Undefined if the place is free. */
  readonly record?: LockRecord;
}

/** How long each beat has been seen without a change, by place. */
type Seen = Map<
  string,
  { readonly beat: string; readonly silent: number; readonly looked: number }
>;

async function acquire(path: string, times: LockTimes) {
  const record = newRecord();
  const seen: Seen = new Map();
  const started = performance.now();
  for (;;) {
    const { place, record: holder } = await findTip(path, seen, times);
    if (holder === undefined && (await createRecord(place, record))) {
      // What this place succeeds may have been released meanwhile: then the place means nothing.
      const tip = await findTip(path, seen, times);
      if (tip.record?.token === record.token) {
        await sweepChain(path, record);
        return { record, place };
      }
      await removeOwn(place, record);
    } else if (holder?.token === record.token) {
      return { record, place };
    }
    if (performance.now() - started > times.patience) {
      throw new EigenlensError(
        "file-access",
        `${path} is held by process ${holder?.pid ?? "?"}: close the other windows of the editor, or remove this file, then try again.`,
      );
    }
    await delay(pause * (0.2 + 0.8 * Math.random()));
  }
}

async function findTip(path: string, seen: Seen, times: LockTimes): Promise<Tip> {
  let place = path;
  for (;;) {
    const found = await readRecord(place);
    if (found === undefined) return { place };
    const { record, beat } = found;
    const silent = silenceOf(seen, place, beat, times);
    if (!hasEnded(record) && silent < times.silence) return { place, record };
    place = `${path}.${record.token}`;
  }
}

/** A pause between two looks counts little: while we slept, the holder may have slept too. */
function silenceOf(seen: Seen, place: string, beat: string, times: LockTimes): number {
  const now = performance.now();
  const before = seen.get(place);
  const silent =
    before?.beat === beat ? before.silent + Math.min(now - before.looked, times.silence / 50) : 0;
  seen.set(place, { beat, silent, looked: now });
  return silent;
}

async function checkHeld(path: string, record: LockRecord): Promise<void> {
  if ((await chain(path)).at(-1)?.record.token === record.token) return;
  throw new EigenlensError(
    "file-access",
    `${path} was taken over while this window did not answer: try again.`,
  );
}

/** The lock's files from the first holder to the last, whoever lives. */
async function chain(path: string) {
  const found: { place: string; record: LockRecord }[] = [];
  let place = path;
  for (;;) {
    const next = await readRecord(place);
    if (next === undefined) return found;
    found.push({ place, record: next.record });
    place = `${path}.${next.record.token}`;
  }
}

/** From the first on: without it the others mean nothing, so that a crash in between leaves the lock free. */
async function release(path: string, record: LockRecord): Promise<void> {
  const places = await chain(path);
  // After a long sleep it may be another's, who thought that we were gone.
  if (places.at(-1)?.record.token !== record.token) return;
  for (const { place } of places) await rm(place, { force: true });
}

async function removeOwn(place: string, { token }: LockRecord): Promise<void> {
  if ((await readRecord(place))?.record.token === token) await rm(place, { force: true });
}

/** Removes what crashes left outside of the chain; only its last may, and those who wait there are left alone. */
async function sweepChain(path: string, { token }: LockRecord): Promise<void> {
  const folder = dirname(path);
  const prefix = `${basename(path)}.`;
  const inUse = new Set((await chain(path)).map(({ place }) => basename(place)));
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(prefix) || inUse.has(name)) continue;
    const found = await readRecord(join(folder, name)).catch(() => undefined);
    if (found === undefined || found.record.token === token || !hasEnded(found.record)) continue;
    await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}
