/** How files write that there is no value: NumPy and pandas in text, JSON's null read as nothing. */
const missing = /^\s*(?:nan|null|none|<na>)?\s*$/i;

/** Whether a text identifies nothing. */
export function isMissing(identifier: string): boolean {
  return missing.test(identifier);
}

/**
 * Identifiers in which rows without one stand alone: each gets a name that no other row has.
 * @param column what the column is called, for a note
 * @param where what the rows belong to; makes names of one tensor differ from those of another
 * @param notes takes a line if some or all are missing
 * @returns undefined if all are missing
 */
export function withoutGaps(
  identifiers: readonly string[],
  column: string,
  where: string,
  notes: string[],
): readonly string[] | undefined {
  const gaps = identifiers.reduce((sum, each) => sum + (isMissing(each) ? 1 : 0), 0);
  if (gaps === 0) return identifiers;
  if (gaps === identifiers.length) {
    notes.push(`${where}: the column ${column} names none of the ${gaps} rows and is not used.`);
    return undefined;
  }
  notes.push(
    `${where}: the column ${column} names nothing (NaN, null or no text) for ${gaps} of ${identifiers.length} rows; each of these is taken to stand alone.`,
  );
  return identifiers.map((each, row) => (isMissing(each) ? `row ${row} of ${where}` : each));
}
