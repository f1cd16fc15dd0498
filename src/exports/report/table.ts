/** A table as a report and a csv have it; a number that is not known is an empty cell. */
export interface Table {
  /** Of its file, without extension. */
  readonly name: string;
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | undefined)[])[];
}
