/** One column of a table (csv, parquet, arrow) as far as a sample of its rows shows. */
export interface Column {
  readonly name: string;
  /** Whether every sampled value is a number (or missing). */
  readonly numeric: boolean;
  /** Whether every sampled value is a whole number. */
  readonly integral: boolean;
}

/** Columns of whole numbers with these names say which row it is, not what a neuron did. */
const labelNames =
  /^(|index|idx|row|rows|id|ids|.*_id|unnamed: ?\d+|__index_level_\d+__|labels?|class(es)?|conditions?|groups?|pairs?|target|y|fold|split|subject|item|trial|layer|token|position|pos|gender)$/i;

/** Whether a column holds activations; the others are label vectors. */
export function holdsActivations(column: Column): boolean {
  return column.numeric && !(column.integral && labelNames.test(column.name.trim()));
}

/**
 * What the matrix of all activation columns is called: nothing where the file holds nothing else,
 * "X" beside label columns.
 */
export function matrixName(labelColumns: readonly string[]): string {
  if (labelColumns.length === 0) return "";
  return labelColumns.includes("X") ? "values" : "X";
}
