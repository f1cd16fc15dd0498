import { expect, it } from "vitest";
import {
  longestCommonSubsequence,
  wordPattern,
} from "../../../../../src/ged/validation/design/commonWords.ts";
import { RandomStream } from "../../../../../src/statistics/random.ts";

/** Wagner and Fischer 1974, word by word. */
function plainly(a: Int32Array, b: Int32Array): number {
  let before = new Int32Array(b.length + 1);
  let now = new Int32Array(b.length + 1);
  for (const word of a) {
    for (let j = 0; j < b.length; j += 1) {
      now[j + 1] = word === b[j] ? before[j] + 1 : Math.max(before[j + 1], now[j]);
    }
    [before, now] = [now, before];
  }
  return before[b.length];
}

it("finds as long a common subsequence as the comparison word by word, across blocks of places", () => {
  const random = new RandomStream(1, 0, 0);
  const lengths = [0, 1, 2, 31, 32, 33, 63, 64, 65, 100, 161];
  for (const vocabulary of [1, 2, 3, 12, 200]) {
    for (const first of lengths) {
      const pattern = Int32Array.from({ length: first }, () => random.below(vocabulary));
      for (const second of lengths) {
        const words = Int32Array.from({ length: second }, () => random.below(vocabulary));
        expect(longestCommonSubsequence(wordPattern(pattern), words)).toBe(plainly(pattern, words));
      }
    }
  }
});
