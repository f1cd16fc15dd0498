import type { ActivationFile } from "../../activationFile.ts";

/** Opens one part of a container by its path. */
export type OpenPart = (path: string) => Promise<ActivationFile>;

interface Opened {
  readonly file: Promise<ActivationFile>;
  users: number;
}

/** So many parts are held open, besides those in use: rows are read in order, and a part may keep many of them. */
const mostOpen = 2;

/** The parts of a container, opened when they are read: of a hundred thousand, a few at a time. */
export class OpenParts {
  readonly #paths: readonly string[];
  readonly #open: OpenPart;
  /** In the order of their last use. */
  readonly #opened = new Map<number, Opened>();

  constructor(paths: readonly string[], open: OpenPart) {
    this.#paths = paths;
    this.#open = open;
  }

  /** @param index of the part */
  path(index: number): string {
    return this.#paths[index] ?? "";
  }

  /** Opens a part that will be used next, unless it is open; a failure is told to whoever uses it. */
  prepare(index: number): void {
    if (index >= this.#paths.length || this.#opened.has(index)) return;
    this.#touch(index).file.catch(() => undefined);
  }

  /** Opens a part for as long as `work` takes; it may stay open for the next. */
  async use<Result>(
    index: number,
    work: (file: ActivationFile) => Promise<Result>,
  ): Promise<Result> {
    const opened = this.#touch(index);
    opened.users++;
    try {
      return await work(await opened.file);
    } catch (error) {
      // What could not be opened is tried again by whoever asks next.
      if (await isRejected(opened.file)) this.#opened.delete(index);
      throw error;
    } finally {
      opened.users--;
      await this.#closeIdle(mostOpen);
    }
  }

  /** The part, opened if it is not yet, as the last that was used. */
  #touch(index: number): Opened {
    const opened = this.#opened.get(index) ?? { file: this.#open(this.path(index)), users: 0 };
    this.#opened.delete(index);
    this.#opened.set(index, opened);
    return opened;
  }

  /** Closes all parts. */
  close(): Promise<void> {
    return this.#closeIdle(0);
  }

  async #closeIdle(kept: number): Promise<void> {
    const idle = [...this.#opened].filter(([, { users }]) => users === 0);
    for (const [index, { file }] of idle.slice(0, Math.max(0, idle.length - kept))) {
      this.#opened.delete(index);
      await (await file.catch(() => undefined))?.close();
    }
  }
}

async function isRejected(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => false,
    () => true,
  );
}
