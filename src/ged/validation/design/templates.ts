import { longestCommonSubsequence, wordPattern } from "./commonWords.ts";
import { Partition } from "./partition.ts";

/** Sentences that share at least this much of their words in order, and at least so many, share a template. */
const sharedShare = 0.5;
const leastShared = 3;
/**
 * Above so many different sentences, or words in all of them, no templates are looked for: every pair of sentences
 * is compared, word by word.
 */
const mostSentences = 6000;
const mostWords = 200_000;
/** A template that holds more of the rows than this is the frame of the whole experiment. */
const largestShare = 0.5;

/**
 * Joins rows whose sentences share a template: the longest common subsequence of their words, the differing
 * word masked, is at least half of the longer one ("Everyone at the office knows _", "Everyone at the embassy
 * likes _"). Templates that would hold more than half of the rows are looked at more strictly, and left apart where
 * they hold them still: what all rows share tells none from another.
 * @param sentences [N]
 * @param conditionOf [N], 0 or 1
 * @param partnerOf [N] the row's counterpart in the other condition, or -1; the words in which partners differ
 *   are masked, else those that stand in nearly every sentence of one condition and in none of the other
 * @param notes takes a line if there are too many sentences or words to compare
 * @param checkpoint is called once per sentence; throws to stop
 */
export function joinTemplates(
  sentences: readonly string[],
  conditionOf: Uint8Array,
  partnerOf: Int32Array,
  notes: string[] = [],
  checkpoint?: () => void,
): Partition {
  const partition = new Partition(sentences.length);
  const masked = maskDifference(sentences.map(wordsOf), conditionOf, partnerOf);
  const keys = masked.map((words) => words.join(" "));
  const distinct = [...new Set(keys)].filter((key) => key !== "");
  const frames = distinct.map((key) => key.split(" "));
  const words = frames.reduce((sum, frame) => sum + frame.length, 0);
  if (distinct.length > mostSentences || words > mostWords) {
    notes.push(
      `Templates: not looked for among ${distinct.length} different sentences with ${words} words (up to ${mostSentences} and ${mostWords} are compared): if rows share templates, name them in a column of clusters, or p cannot be trusted.`,
    );
    return partition;
  }
  const rowsOf = new Map<string, number[]>();
  keys.forEach((key, row) => {
    // Nothing is known of a row without words.
    if (key === "") return;
    const own = rowsOf.get(key);
    if (own === undefined) rowsOf.set(key, [row]);
    else own.push(row);
  });
  const weights = distinct.map((key) => rowsOf.get(key)?.length ?? 0);
  const numbers = numberWords(frames);
  // Rows without a sentence, or with none of its words left, share nothing.
  const known = Array.from(distinct.keys()).filter((frame) => numbers[frame].length > 0);
  for (const set of joinFrames(numbers, weights, known, sharedShare, checkpoint)) {
    const rows = set.flatMap((frame) => rowsOf.get(distinct[frame]) ?? []);
    for (const row of rows.slice(1)) partition.join(rows[0], row);
  }
  return partition;
}

/** Words in lower case, without punctuation; scripts without spaces give one word per character. */
function wordsOf(sentence: string): string[] {
  return (
    sentence
      .toLowerCase()
      .match(
        /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}'’_-]+/gu,
      ) ?? []
  );
}

function maskDifference(
  words: readonly (readonly string[])[],
  conditionOf: Uint8Array,
  partnerOf: Int32Array,
): string[][] {
  const marks = conditionWords(words, conditionOf);
  return words.map((own, row) => {
    const partner = partnerOf[row];
    if (partner >= 0 && partner !== row) {
      const other = new Set(words[partner]);
      const kept = own.filter((word) => other.has(word));
      // Partners that share next to nothing are no minimal pair.
      if (kept.length * 2 >= own.length) return kept;
    }
    return own.filter((word) => !marks.has(word));
  });
}

/** Words in at least nine of ten sentences of one condition and in fewer than one of ten of the other. */
function conditionWords(
  words: readonly (readonly string[])[],
  conditionOf: Uint8Array,
): Set<string> {
  const counts = [new Map<string, number>(), new Map<string, number>()];
  const rows = [0, 0];
  words.forEach((own, row) => {
    const condition = conditionOf[row];
    rows[condition] += 1;
    for (const word of new Set(own)) {
      counts[condition].set(word, (counts[condition].get(word) ?? 0) + 1);
    }
  });
  const marks = new Set<string>();
  for (const condition of [0, 1]) {
    for (const [word, count] of counts[condition]) {
      const there = (counts[1 - condition].get(word) ?? 0) / Math.max(1, rows[1 - condition]);
      if (count >= 0.9 * rows[condition] && there < 0.1) marks.add(word);
    }
  }
  return marks;
}

function numberWords(frames: readonly (readonly string[])[]): Int32Array[] {
  const numbers = new Map<string, number>();
  return frames.map((words) =>
    Int32Array.from(words, (word) => {
      const known = numbers.get(word) ?? numbers.size;
      numbers.set(word, known);
      return known;
    }),
  );
}

/** Sets of frames that share a template, none holding more than {@link largestShare} of the rows. */
function joinFrames(
  frames: readonly Int32Array[],
  weights: readonly number[],
  members: readonly number[],
  share: number,
  checkpoint?: () => void,
): number[][] {
  const partition = new Partition(members.length);
  for (let i = 0; i < members.length; i += 1) {
    checkpoint?.();
    const own = frames[members[i]];
    const pattern = wordPattern(own);
    for (let j = 0; j < i; j += 1) {
      const other = frames[members[j]];
      const least = Math.max(leastShared, share * Math.max(own.length, other.length));
      if (Math.min(own.length, other.length) < least) continue;
      if (partition.find(i) === partition.find(j)) continue;
      if (longestCommonSubsequence(pattern, other) >= least) partition.join(i, j);
    }
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return partition.sets().flatMap((set) => {
    const own = set.map((i) => members[i]);
    const rows = own.reduce((sum, frame) => sum + weights[frame], 0);
    if (rows <= largestShare * total) return [own];
    if (own.length === 1) return [];
    return share > 0.9
      ? own.map((frame) => [frame])
      : joinFrames(frames, weights, own, share + 0.1, checkpoint);
  });
}
