import { CancelledError } from "./errors.ts";

/**
 * A request to stop that can be seen from inside a synchronous computation on another thread:
 * one Int32 on shared memory, 0 while the work is wanted, 1 once it is not.
 */
export class Cancellation {
  readonly #flag: Int32Array;

  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(4)) {
    this.#flag = new Int32Array(shared);
  }

  /** The memory to hand to another thread, which wraps it in a `Cancellation` of its own. */
  get shared(): SharedArrayBuffer {
    return this.#flag.buffer as SharedArrayBuffer;
  }

  get requested(): boolean {
    return Atomics.load(this.#flag, 0) !== 0;
  }

  request(): void {
    Atomics.store(this.#flag, 0, 1);
    Atomics.notify(this.#flag, 0);
  }

  /**
   * Call it at least every 50 ms of work.
   * @throws CancelledError once {@link request} was called on any thread
   */
  throwIfRequested(): void {
    if (this.requested) throw new CancelledError();
  }
}
