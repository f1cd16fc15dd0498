// Helpers wait for a job, take tiles from it until none are left, and wait again. The calling thread opens
// a job, takes its own share of tiles, closes the job and waits only for helpers that are inside it: one
// that the system has not woken in time holds nobody up.

import {
  activeWord,
  helpersWord,
  jobBlock,
  latestJobWord,
  openJobWord,
  spinWord,
  tileWord,
} from "./layout";
import { runJob } from "./jobs";

const endOfService: i32 = -1;

/** In nanoseconds. A helper sleeps until it is woken; whoever waits for helpers looks again now and then. */
const untilWoken: i64 = -1;
const aMoment: i64 = 20_000_000;

/** The life of a helper thread: returns when the service ends. */
export function serve(thread: i32): void {
  let last = 0;
  while (true) {
    const job = atomic.load<i32>(openJobWord);
    if (job == endOfService) return;
    if (job == 0 || job == last) {
      awaitChange(openJobWord, job, untilWoken);
      continue;
    }
    last = job;
    atomic.add<i32>(activeWord, 1);
    // The caller closes first and counts helpers afterwards, so this second look cannot be too late.
    if (atomic.load<i32>(openJobWord) == job) runJob(thread);
    if (atomic.sub<i32>(activeWord, 1) == 1) atomic.notify(activeWord, 1);
  }
}

/** Makes a job ready for the calling thread alone: too small to be worth waking anybody. */
export function openJobAlone(kind: i32): void {
  store<i32>(jobBlock, kind);
  atomic.store<i32>(tileWord, 0);
}

/** Lets helpers begin the job whose kind and arguments stand in the job block. */
export function openJob(kind: i32): void {
  openJobAlone(kind);
  const latest = load<i32>(latestJobWord);
  const job = latest == i32.MAX_VALUE ? 1 : latest + 1;
  store<i32>(latestJobWord, job);
  const helpers = load<i32>(helpersWord);
  if (helpers > 0) {
    atomic.store<i32>(openJobWord, job);
    atomic.notify(openJobWord, helpers);
  }
}

/**
 * Does what is left of the open job on this thread too and returns when all of it is done. This thread answers for a
 * whole program: should the system lose a wake-up, it costs a moment and not the program.
 */
export function finishJob(): void {
  runJob(0);
  if (load<i32>(helpersWord) == 0) return;
  atomic.store<i32>(openJobWord, 0);
  while (true) {
    const active = atomic.load<i32>(activeWord);
    if (active == 0) return;
    awaitChange(activeWord, active, aMoment);
  }
}

/** Tells the helpers to end once they are idle; no job counts on them any more. */
export function endService(): void {
  atomic.store<i32>(openJobWord, endOfService);
  atomic.notify(openJobWord, load<i32>(helpersWord));
  store<i32>(helpersWord, 0);
}

function awaitChange(word: usize, value: i32, longest: i64): void {
  for (let left = load<i32>(spinWord); left > 0; left--) {
    if (atomic.load<i32>(word) != value) return;
  }
  atomic.wait<i32>(word, value, longest);
}

@inline
export function takeTile(): i32 {
  return atomic.add<i32>(tileWord, 1);
}
