/** Disjoint sets over 0 to count - 1, joined pair by pair (union by size with path halving; Tarjan 1975). */
export class Partition {
  readonly #parent: Int32Array;
  readonly #size: Int32Array;

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, i) => i);
    this.#size = new Int32Array(count).fill(1);
  }

  clone(): Partition {
    const copy = new Partition(this.#parent.length);
    copy.joinAll(this);
    return copy;
  }

  /** The representative of the set that holds i. */
  find(i: number): number {
    const parent = this.#parent;
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  /** Makes one set of the two that hold i and j. */
  join(i: number, j: number): void {
    const a = this.find(i);
    const b = this.find(j);
    if (a === b) return;
    const [large, small] = this.#size[a] >= this.#size[b] ? [a, b] : [b, a];
    this.#parent[small] = large;
    this.#size[large] += this.#size[small];
  }

  /** Joins whatever shares a name. @param names one per member, or undefined if a member has none */
  joinNamesakes(names: readonly (string | undefined)[]): void {
    const first = new Map<string, number>();
    names.forEach((name, i) => {
      if (name === undefined) return;
      const known = first.get(name);
      if (known === undefined) first.set(name, i);
      else this.join(known, i);
    });
  }

  /** Joins whatever `other` has in one set. @param other over the same members */
  joinAll(other: Partition): void {
    for (let i = 0; i < this.#parent.length; i += 1) this.join(i, other.find(i));
  }

  /** The sets, in order of their first member; members ascending. */
  sets(): number[][] {
    const byRoot = new Map<number, number[]>();
    for (let i = 0; i < this.#parent.length; i += 1) {
      const root = this.find(i);
      const own = byRoot.get(root);
      if (own === undefined) byRoot.set(root, [i]);
      else own.push(i);
    }
    return [...byRoot.values()];
  }
}
