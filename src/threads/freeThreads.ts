/** Threads that have nothing to do: the one used last is the next, so that its memory is used again. */
export class FreeThreads<Each> {
  readonly #most: number;
  readonly #free: Each[] = [];

  /** @param most that are kept */
  constructor(most = Infinity) {
    this.#most = most;
  }

  get count(): number {
    return this.#free.length;
  }

  take(): Each | undefined {
    return this.#free.pop();
  }

  /** @returns whether it is kept */
  give(thread: Each): boolean {
    if (this.#free.length >= this.#most) return false;
    this.#free.push(thread);
    return true;
  }

  /** It is gone, free or not. */
  forget(thread: Each): void {
    const at = this.#free.indexOf(thread);
    if (at !== -1) this.#free.splice(at, 1);
  }
}
