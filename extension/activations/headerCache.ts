import type { FileSummary } from "../../src/protocol/engine.ts";
import { describeError } from "../../src/errors.ts";

/** What is known of a file: its headers, or the one line that says why they could not be read. */
export type KnownFile =
  { readonly summary: FileSummary } | { readonly failure: string } | undefined;

/** How many headers are read at the same time. */
const concurrency = 2;

/** Headers of activation files, read when first asked for and kept until the file changes. */
export class HeaderCache {
  readonly #inspect: (path: string) => Promise<FileSummary>;
  readonly #known = new Map<string, KnownFile>();
  readonly #asked = new Map<string, Promise<KnownFile>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(inspect: (path: string) => Promise<FileSummary>) {
    this.#inspect = inspect;
  }

  /** What is known without reading anything. */
  peek(path: string): KnownFile {
    return this.#known.get(path);
  }

  async read(path: string): Promise<KnownFile> {
    const known = this.#known.get(path) ?? this.#asked.get(path);
    if (known) return known;
    const asked = this.#readInTurn(path);
    this.#asked.set(path, asked);
    return asked;
  }

  /** The file changed: its headers are read again when next asked for. */
  forget(path: string): void {
    this.#known.delete(path);
    this.#asked.delete(path);
  }

  clear(): void {
    this.#known.clear();
    this.#asked.clear();
  }

  async #readInTurn(path: string): Promise<KnownFile> {
    if (this.#running >= concurrency) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running++;
    let known: KnownFile;
    try {
      known = { summary: await this.#inspect(path) };
    } catch (thrown) {
      const { code, message } = describeError(thrown);
      known = { failure: message };
      // The engine's fault, not the file's: who asks next asks anew.
      if (code === "internal" || code === "cancelled") this.#asked.delete(path);
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
    // Forgotten meanwhile: what was read may be old.
    if (this.#asked.has(path)) this.#known.set(path, known);
    this.#asked.delete(path);
    return known;
  }
}
