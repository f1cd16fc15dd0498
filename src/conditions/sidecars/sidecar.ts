/** What a small file beside the data says of its rows: columns of text, or one text a condition for each pair. */
export interface Sidecar {
  readonly path: string;
  /** Columns of equal standing, each one text a row. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** From a `pairs` list: for each condition's name, its sentence in every pair. */
  readonly pairs?: ReadonlyMap<string, readonly string[]>;
  /** What else every pair of the list has, one text a pair: numbers in decimal. */
  readonly pairColumns?: ReadonlyMap<string, readonly string[]>;
  readonly pairCount: number;
}
