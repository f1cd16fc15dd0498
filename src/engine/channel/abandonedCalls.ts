/** Cancelled calls at which a worker is still busy, and what ends it if one of them never stops. */
export class AbandonedCalls {
  readonly #grace: number;
  readonly #timers = new Map<number, NodeJS.Timeout>();

  /** @param grace milliseconds that each has to come to its end */
  constructor(grace: number) {
    this.#grace = grace;
  }

  get size(): number {
    return this.#timers.size;
  }

  has(id: number): boolean {
    return this.#timers.has(id);
  }

  /** @param endWorker called if the call is not forgotten in time */
  add(id: number, endWorker: () => void): void {
    this.#timers.set(id, setTimeout(endWorker, this.#grace));
  }

  /** It has come to its end. */
  forget(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** Their worker has ended. */
  forgetAll(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
