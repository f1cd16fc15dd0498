import type { ValidationWarning } from "../report.ts";
import type { Counterparts } from "./counterparts.ts";
import type { FoundStructure } from "./rowNames.ts";
import { percent } from "./words.ts";

/** Above this share of rows with a clear counterpart in the other condition, rows hardly stand alone. */
const suspiciousShare = 0.5;

/**
 * Pairs or groups as they are to be used: as named; as the rows themselves show if names disagree with them; or as
 * found if nobody named any.
 * @returns one name per row, or undefined if rows stand alone
 */
export function choosePairs(
  labels: Uint8Array,
  groups: readonly string[] | undefined,
  found: Counterparts,
  structure: FoundStructure,
  warnings: ValidationWarning[],
  ignored: ValidationWarning["code"][],
): readonly string[] | undefined {
  const { counterpartOf, share } = found;
  const matched = Array.from(counterpartOf.keys()).filter((row) => counterpartOf[row] > row);
  if (!(share > suspiciousShare && matched.length >= 5)) return groups;
  if (groups === undefined) {
    warnings.push(describeUnnamed(share, structure.pairs));
    return structure.pairs ? pairNames(labels, found.complete()) : undefined;
  }
  const agreeing = matched.filter((row) => groups[row] === groups[counterpartOf[row]]).length;
  if (agreeing > matched.length / 2) return groups;
  warnings.push(describeMisaligned(matched.length, agreeing, structure.pairs));
  if (structure.pairs) return pairNames(labels, found.complete());
  ignored.push("misalignedPairs");
  return groups;
}

function pairNames(labels: Uint8Array, counterpartOf: Int32Array): string[] {
  return Array.from(labels.keys(), (row) => {
    const other = counterpartOf[row];
    return other < 0 ? `row ${row}` : `pair ${Math.min(row, other)}`;
  });
}

function describeUnnamed(share: number, applied: boolean): ValidationWarning {
  const seen = `${percent(share)} of the rows have a counterpart in the other condition that is nearer than any row of their own, so they seem to come in pairs that nobody named`;
  return {
    code: "unnamedPairs",
    text: applied
      ? `${seen}: counterparts are held out together and permuted within pairs. To name them yourself, put the sentences beside the files (sentences.json) or name a column of pairs.`
      : `${seen}, and this was not taken into account, as you asked: partners are split between fitting and testing, so held-out figures mislead.`,
  };
}

function describeMisaligned(
  matched: number,
  agreeing: number,
  applied: boolean,
): ValidationWarning {
  const seen = `Of ${matched} rows with a clear counterpart in the other condition, ${agreeing} have it where the pairs say: rows of the two files seem to stand in different orders`;
  return {
    code: "misalignedPairs",
    text: applied
      ? `${seen}. The validation uses the counterparts that the rows show; bring the files into one order, or correct the column of pairs, to name them yourself.`
      : `${seen}, and the pairs were used as named, as you asked: neither the ratio nor p can be trusted.`,
  };
}
