/** Calls when nothing was done for so long; it keeps no program alive. */
export class IdleTimer {
  readonly #milliseconds: number;
  readonly #onIdle: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number, onIdle: () => void) {
    this.#milliseconds = milliseconds;
    this.#onIdle = onIdle;
  }

  /** Nothing is being done from now on. */
  begin(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onIdle, this.#milliseconds);
    this.#timer.unref();
  }

  /** Something is. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
