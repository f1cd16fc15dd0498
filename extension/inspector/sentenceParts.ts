import type { ListedRow } from "../../src/protocol/inspector.ts";

/** Words with the space behind them. */
function wordsOf(sentence: string): string[] {
  return sentence.split(/(?<=\s)/u);
}

/** The words that differ from the counterpart's, between those that both begin and end with. */
export function sentenceParts(
  sentence: string | undefined,
  other: string | undefined,
): Pick<ListedRow, "before" | "differing" | "after"> {
  if (sentence === undefined) return { before: "", differing: "", after: "" };
  if (other === undefined) return { before: sentence, differing: "", after: "" };
  const [own, others] = [wordsOf(sentence), wordsOf(other)];
  const shorter = Math.min(own.length, others.length);
  const same = (a?: string, b?: string): boolean => a?.trim() === b?.trim();
  let start = 0;
  while (start < shorter && same(own[start], others[start])) start += 1;
  let end = 0;
  while (
    end < shorter - start &&
    same(own[own.length - 1 - end], others[others.length - 1 - end])
  ) {
    end += 1;
  }
  const until = own.length - end;
  return {
    before: own.slice(0, start).join(""),
    differing: own.slice(start, until).join(""),
    after: own.slice(until).join(""),
  };
}
