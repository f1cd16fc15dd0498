/** Words of a sentence as one of the two that are compared: which bits of 32-bit blocks each word stands at. */
export interface WordPattern {
  readonly length: number;
  readonly blocksOf: ReadonlyMap<number, Int32Array>;
}

/** @param words numbers of words, in order */
export function wordPattern(words: Int32Array): WordPattern {
  const blocks = Math.ceil(words.length / 32);
  const blocksOf = new Map<number, Int32Array>();
  words.forEach((word, at) => {
    const own = blocksOf.get(word) ?? new Int32Array(blocks);
    own[at >>> 5] |= 1 << (at & 31);
    blocksOf.set(word, own);
  });
  return { length: words.length, blocksOf };
}

/**
 * The length of the longest common subsequence, 32 places at a time (Hyyrö 2004, *Bit-parallel LCS-length
 * computation revisited*): `V' = (V + (V & M)) | (V & ~M)` for each word, M the places where the pattern has it;
 * zeros of V count.
 * @param words numbers of words, in order
 */
export function longestCommonSubsequence(pattern: WordPattern, words: Int32Array): number {
  const blocks = Math.ceil(pattern.length / 32);
  const open = new Int32Array(blocks).fill(-1);
  for (const word of words) {
    const places = pattern.blocksOf.get(word);
    if (places === undefined) continue;
    let carry = 0;
    for (let block = 0; block < blocks; block += 1) {
      const before = open[block];
      const met = before & places[block];
      const sum = (before >>> 0) + (met >>> 0) + carry;
      carry = sum > 0xffffffff ? 1 : 0;
      open[block] = sum | (before & ~places[block]);
    }
  }
  let common = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    if ((open[at >>> 5] & (1 << (at & 31))) === 0) common += 1;
  }
  return common;
}
