/**
 * Work that is never queued: one request at a time, and of those that come meanwhile only the youngest is done
 * afterwards.
 */
export class Latest<Request> {
  readonly #work: (request: Request) => Promise<void>;
  #busy = false;
  #next: { readonly request: Request } | undefined;

  /** @param work what to do with a request; it must not reject */
  constructor(work: (request: Request) => Promise<void>) {
    this.#work = work;
  }

  ask(request: Request): void {
    this.#next = { request };
    if (!this.#busy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    try {
      for (let next = this.#take(); next !== undefined; next = this.#take()) {
        await this.#work(next.request);
      }
    } finally {
      this.#busy = false;
    }
  }

  #take(): { readonly request: Request } | undefined {
    const next = this.#next;
    this.#next = undefined;
    return next;
  }
}
