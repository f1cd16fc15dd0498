/** Steps between two looks at the way that seemed slower. */
const probePeriod = 32;

/**
 * Whether many short jobs in a row should be shared with helper threads. On an idle machine that halves
 * their time; on a busy one every job waits for a helper that the system has put aside, and working alone
 * is many times faster. Both ways are timed, and the better one is taken.
 */
export class SharingChoice {
  readonly #canShare: boolean;
  /** Milliseconds a unit of work, alone and shared, when last measured. */
  readonly #costs = { alone: 0, shared: 0 };
  #steps = 0;

  constructor(threads: number) {
    this.#canShare = threads > 1;
  }

  /** Whether the next step should be shared. */
  next(): boolean {
    if (!this.#canShare) return false;
    const step = this.#steps++;
    if (step === 0) return true;
    if (step === 1) return false;
    const isSharingBetter = this.#costs.shared <= this.#costs.alone;
    return step % probePeriod === 0 ? !isSharingBetter : isSharingBetter;
  }

  /** Tells what a step of so much work cost. */
  record(shared: boolean, work: number, milliseconds: number): void {
    this.#costs[shared ? "shared" : "alone"] = milliseconds / work;
  }
}
