import type { RandomStream } from "../../../src/statistics/random.ts";
import { independent, type Rows } from "./rows.ts";

const frames = [
  "the FIRST told _ about the SECOND yesterday",
  "nobody near the FIRST believed _ when SECOND arrived",
  "every morning a FIRST gave _ one more SECOND",
  "without any warning SECOND and FIRST followed _ home",
  "it was the FIRST who finally showed _ that SECOND",
  "my old FIRST never let _ forget her SECOND",
  "what surprised _ most was that FIRST liked SECOND",
  "if you meet _ at the FIRST please mention SECOND",
  "there stood beside _ some FIRST with an open SECOND",
  "our FIRST had promised _ two weeks of SECOND",
  "although FIRST was late they drove _ toward SECOND",
  "why did that FIRST ask _ to carry SECOND",
];
const fillers =
  "doctor sailor baker clerk painter nurse farmer poet guide lawyer driver singer".split(" ");
const objects = "bread letters paint stories music coats lamps apples maps dust keys stones".split(
  " ",
);

export function sentence(frame: number, word: string, random: RandomStream): string {
  const pick = (words: readonly string[]) => words[random.below(words.length)];
  return frames[frame]
    .replace("FIRST", pick(fillers))
    .replace("SECOND", pick(objects))
    .replace("_", word);
}

/** Six templates of four rows in each condition; effects of templates as large as what rows add. */
export function templated(
  random: RandomStream,
  deviate: () => number,
  shared: boolean,
): { target: Rows; reference: Rows; templates: string[]; sentences: string[] } {
  const effects = independent(12, deviate);
  const rowsOf = (first: number) =>
    independent(24, deviate).map((own, i) =>
      own.map((value, j) => effects[first + Math.floor(i / 4)][j] + 0.5 * value),
    );
  const templatesOf = (first: number) =>
    Array.from({ length: 24 }, (_, i) => first + Math.floor(i / 4));
  const second = shared ? 0 : 6;
  const numbers = [...templatesOf(0), ...templatesOf(second)];
  return {
    target: rowsOf(0),
    reference: rowsOf(second),
    templates: numbers.map((number) => `template ${number}`),
    sentences: numbers.map((number, row) => sentence(number, row < 24 ? "him" : "her", random)),
  };
}
