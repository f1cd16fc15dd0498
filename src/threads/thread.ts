import { Worker, type ResourceLimits } from "node:worker_threads";

/** Threads are looked after so often, in milliseconds. */
const lookEvery = 250;

/** Why a thread is no more: it threw, it ended by itself, or whoever has it ended it. */
export class ThreadEnd extends Error {
  readonly how: "threw" | "exited" | "ended";

  constructor(how: ThreadEnd["how"], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "ThreadEnd";
    this.how = how;
  }
}

export interface ThreadOptions<Message> {
  readonly data?: unknown;
  /** In what a debugger or a profiler says. */
  readonly name?: string;
  readonly resourceLimits?: ResourceLimits;
  /** Whether what it prints is nobody's to see: the words of a library. */
  readonly isSilent?: boolean;
  /** So many looks without a first message, and it will never send one. */
  readonly mostStartLooks?: number;
  onMessage(message: Message): void;
  /** A message whose contents could not be read. */
  onUnreadable?(fault: Error): void;
  /** Once, however it ended; nothing is called afterwards. */
  onEnd(end: ThreadEnd): void;
}

/**
 * One thread from its start to its end, and whether the program waits for it. What is asked of it, and how long an
 * answer may take, is its owner's to say.
 */
export class Thread<Message> {
  readonly #worker: Worker;
  readonly #options: ThreadOptions<Message>;
  #watch: NodeJS.Timeout | undefined;
  #ended = false;
  #isAwaited = true;

  /** @param file the bundle that it runs */
  constructor(file: string, options: ThreadOptions<Message>) {
    const { data, name, resourceLimits, isSilent = false, mostStartLooks } = options;
    this.#options = options;
    this.#worker = new Worker(file, {
      workerData: data,
      ...(name === undefined ? {} : { name }),
      ...(resourceLimits === undefined ? {} : { resourceLimits }),
      ...(isSilent ? { stdout: true, stderr: true } : {}),
    });
    let isStarting = mostStartLooks !== undefined;
    this.#worker.on("message", (message: Message) => {
      if (this.#ended) return;
      if (isStarting) this.stopWatching();
      isStarting = false;
      options.onMessage(message);
    });
    this.#worker.on("messageerror", (fault) => options.onUnreadable?.(fault));
    this.#worker.on("error", (fault: Error) => {
      this.#finish(new ThreadEnd("threw", fault.message, { cause: fault }));
    });
    this.#worker.on("exit", (code) => {
      this.#finish(new ThreadEnd("exited", `it ended with code ${code}`));
    });
    if (mostStartLooks === undefined) return;
    this.watch(
      manyLooks(mostStartLooks, (seconds) => `it did not start within ${seconds} seconds`),
    );
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** @param handedOver memory that moves to the thread */
  post(message: unknown, handedOver: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, handedOver);
  }

  /** Whether the program waits for this thread. */
  keepAlive(isAwaited: boolean): void {
    this.#isAwaited = isAwaited;
    for (const each of [this.#worker, this.#watch]) {
      if (isAwaited) each?.ref();
      else each?.unref();
    }
  }

  /** Looks after it, in place of who did so before. @param look the reason to end it, if there is one */
  watch(look: () => string | undefined): void {
    this.stopWatching();
    this.#watch = setInterval(() => {
      const reason = look();
      if (reason !== undefined) void this.end(reason);
    }, lookEvery);
    if (!this.#isAwaited) this.#watch.unref();
  }

  get isWatched(): boolean {
    return this.#watch !== undefined;
  }

  stopWatching(): void {
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  /** Ends it, whatever it is doing; idempotent. */
  async end(reason: string): Promise<void> {
    this.#finish(new ThreadEnd("ended", reason));
    await this.#worker.terminate();
  }

  #finish(end: ThreadEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.stopWatching();
    void this.#worker.terminate();
    this.#options.onEnd(end);
  }
}

/** A reason after so many looks: they are counted, since a program that is busy itself sees an answer late. */
export function manyLooks(
  most: number,
  reason: (seconds: number) => string,
): () => string | undefined {
  let looks = 0;
  return () => (++looks < most ? undefined : reason((most * lookEvery) / 1000));
}
