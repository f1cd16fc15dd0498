interface Sized {
  /** What it takes of memory. */
  readonly bytes: number;
}

/**
 * The values used last, as many as fit: the one used longest ago goes first. The one used last always stays,
 * however large it is.
 */
export class RecentlyUsed<Value extends Sized> {
  readonly #maximalBytes: number;
  /** Used last at the end. */
  readonly #values = new Map<string, Value>();

  constructor(maximalBytes: number) {
    this.#maximalBytes = maximalBytes;
  }

  get(key: string): Value | undefined {
    const found = this.#values.get(key);
    if (found !== undefined) {
      this.#values.delete(key);
      this.#values.set(key, found);
    }
    return found;
  }

  /** @returns the keys of the values that went for it */
  set(key: string, value: Value): string[] {
    this.#values.delete(key);
    this.#values.set(key, value);
    let bytes = 0;
    for (const each of this.#values.values()) bytes += each.bytes;
    const gone: string[] = [];
    for (const [oldest, each] of this.#values) {
      if (bytes <= this.#maximalBytes || oldest === key) break;
      this.#values.delete(oldest);
      bytes -= each.bytes;
      gone.push(oldest);
    }
    return gone;
  }

  /** Removes the values whose key a test finds. */
  deleteWhere(test: (key: string) => boolean): void {
    for (const key of [...this.#values.keys()]) if (test(key)) this.#values.delete(key);
  }
}
