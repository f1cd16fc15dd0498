/** What files and users say of the rows; each [N], target rows first. */
export interface RowNames {
  /** Rows of both conditions with the same identifier belong together: pairs, subjects. */
  readonly groups?: readonly string[];
  /** Rows with the same identifier depend on each other, within a condition or across. */
  readonly clusters?: readonly string[];
  readonly sentences?: readonly string[];
  /** What is missing of the above, one line each. */
  readonly notes?: readonly string[];
}

/** Which dependence, found in the rows themselves, is taken into account. */
export interface FoundStructure {
  readonly repeats: boolean;
  readonly templates: boolean;
  /** Pairs that nobody named, and named ones that stand in another order. */
  readonly pairs: boolean;
}

export const allStructure: FoundStructure = { repeats: true, templates: true, pairs: true };

/** The same sentence in the same condition is the same observation. */
export function sentenceKeys(
  sentences: readonly string[],
  labels: Uint8Array,
): (string | undefined)[] {
  return sentences.map((sentence, row) => {
    const text = sentence.trim();
    return text === "" ? undefined : `${labels[row]} ${text}`;
  });
}
