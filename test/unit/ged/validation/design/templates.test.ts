import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { joinTemplates } from "../../../../../src/ged/validation/design/templates.ts";
import { halves, joined } from "./support.ts";

/** Each template with each filler, and each of these with both words. */
function sentences(
  templates: readonly string[],
  fillers: readonly string[],
  words: readonly [string, string],
): string[] {
  return words.flatMap((word) =>
    templates.flatMap((template) =>
      fillers.map((filler) => template.replace("FILLER", filler).replace("_", word)),
    ),
  );
}

const setsOf = (all: readonly string[], partnerOf = new Int32Array(all.length).fill(-1)) =>
  joined(joinTemplates(all, halves(all.length), partnerOf).sets());

/** Rows of template t, of `templates` with `fillers` each, in both conditions. */
const expectedSets = (templates: number, fillers: number) =>
  Array.from({ length: templates }, (_, t) =>
    [0, 1].flatMap((half) =>
      Array.from({ length: fillers }, (_, f) => half * templates * fillers + t * fillers + f),
    ),
  );

const english = [
  "Everyone at the FILLER knows _ well",
  "Yesterday a FILLER followed _ home in the rain",
  "Why did that FILLER ask _ to carry stones",
  "It was my old FILLER who taught _ chess",
  "Nobody believed _ when the FILLER had gone",
];
const vietnamese = [
  "Mọi người ở FILLER đều biết _ rất rõ",
  "Hôm qua một FILLER đi theo _ về nhà dưới mưa",
  "Tại sao FILLER đó nhờ _ mang những hòn đá",
  "Chính FILLER cũ của tôi dạy _ chơi cờ",
];
const chinese = [
  "在FILLER里大家都很了解_的事",
  "昨天有个FILLER跟着_冒雨回家",
  "为什么那位FILLER要请_搬石头呢",
  "正是我从前的FILLER教会_下棋",
];
const japanese = [
  "そのFILLERではみんなが_をよく知っています",
  "きのうFILLERは雨の中_と一緒に歩いて帰った",
  "なぜあのFILLERに_へ石を運ばせたのだろう",
  "むかしFILLERこそ_へ将棋を教えた人物でした",
];

describe("templates", () => {
  it.each([
    ["English", english, ["office", "embassy", "school"], ["him", "her"]],
    ["Vietnamese", vietnamese, ["trường", "chợ", "quán"], ["anh", "chị"]],
    ["Chinese", chinese, ["学校", "公司", "商店"], ["他", "她"]],
    ["Japanese", japanese, ["学校", "会社", "店"], ["彼", "彼女"]],
  ] as const)(
    "are found in %s, with the differing word and without",
    (_name, frames, fill, words) => {
      const expected = expectedSets(frames.length, fill.length);
      expect(setsOf(sentences(frames, fill, words))).toEqual(expected);
      expect(setsOf(sentences(frames, fill, ["", ""]))).toEqual(expected);
    },
  );

  it("are found whatever case and punctuation they are written in", () => {
    const loud = sentences(english, ["office", "embassy"], ["him", "her"]).map((sentence, i) =>
      i % 2 === 0 ? sentence.toUpperCase() : `“${sentence}!”`,
    );
    expect(setsOf(loud)).toEqual(expectedSets(5, 2));
  });

  it("of one condition's own are kept apart from the other's", () => {
    const own = english
      .slice(0, 2)
      .flatMap((frame) =>
        ["office", "embassy"].map((filler) => frame.replace("FILLER", filler).replace("_", "him")),
      );
    const others = english
      .slice(2, 4)
      .flatMap((frame) =>
        ["school", "farm"].map((filler) => frame.replace("FILLER", filler).replace("_", "her")),
      );
    expect(setsOf([...own, ...others])).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
      [6, 7],
    ]);
  });

  it("are not what all rows share", () => {
    const nouns = "baker clerk doctor farmer guide lawyer nurse painter poet sailor".split(" ");
    const all = sentences(["Everyone at the market said the FILLER knows _"], nouns, [
      "him",
      "her",
    ]);
    // Only both versions of one sentence remain alike.
    expect(setsOf(all)).toEqual(nouns.map((_noun, i) => [i, i + nouns.length]));
  });

  it("are found where one of them holds half of the rows", () => {
    const nouns = ["baker", "clerk", "doctor", "farmer"];
    const half = nouns.map((noun) => english[0].replace("FILLER", noun));
    const rest = english.slice(1).map((frame) => frame.replace("FILLER", "judge"));
    const all = ["him", "her"].flatMap((word) =>
      [...half, ...rest].map((sentence) => sentence.replace("_", word)),
    );
    expect(setsOf(all)[0]).toEqual([0, 1, 2, 3, 8, 9, 10, 11]);
  });

  it("are not seen in sentences of one or two words", () => {
    // But for the differing word "he ran" and "she ran" are one sentence.
    expect(setsOf(["he ran", "he sat", "he left", "she ran", "she sang", "she hid"])).toEqual([
      [0, 3],
    ]);
    expect(setsOf(["he ran", "he sat", "he left", "we sit", "we sang", "we hid"])).toEqual([]);
  });

  it("are not what rows without a word share", () => {
    expect(setsOf(["", "...", "!", "—", "", "…"])).toEqual([]);
    expect(setsOf(["him", "him", "him", "her", "her", "her"])).toEqual([]);
  });

  it("are not what all minimal pairs share that differ in a word of their own", () => {
    const women = "queen aunt nun witch mother sister".split(" ");
    const men = "king uncle monk wizard father brother".split(" ");
    const all = [...women, ...men].map((noun) => `the ${noun} left the old house at dawn`);
    const partnerOf = Int32Array.from({ length: 12 }, (_, row) => (row + 6) % 12);
    expect(setsOf(all, partnerOf)).toEqual([]);
  });

  it("do not chain half of all rows into one", () => {
    const words = Array.from({ length: 60 }, (_, i) => `w${i}`);
    // Each sentence shares four of six words with the next.
    const chain = Array.from({ length: 20 }, (_, i) => words.slice(2 * i, 2 * i + 6).join(" "));
    for (const set of setsOf(chain)) expect(set.length).toBeLessThanOrEqual(10);
  });

  it("are looked for in what partners share", () => {
    const frames = ["the FILLER saw _ near the river", "a FILLER gave _ two red apples"];
    const him = sentences(frames, ["cook", "judge"], ["him", "him"]).slice(0, 4);
    const her = him.map((sentence) => sentence.replace("him", "the old lady"));
    const partnerOf = Int32Array.from({ length: 8 }, (_, row) => (row + 4) % 8);
    const many = [...him, ...her];
    const rest = Array.from({ length: 6 }, (_, i) => `q${i} r${i} s${i} t${i}`);
    const all = [...many.slice(0, 4), ...rest, ...many.slice(4), ...rest.map((s) => `${s} z`)];
    const shift = (row: number) => (row < 4 ? row : row + 6);
    const partners = new Int32Array(all.length).fill(-1);
    partnerOf.forEach((other, row) => {
      partners[shift(row)] = shift(other);
    });
    expect(setsOf(all, partners).slice(0, 2)).toEqual([
      [0, 1, 10, 11],
      [2, 3, 12, 13],
    ]);
  });

  it("are not looked for among more words than can be compared, which is said", () => {
    const long = (count: number) =>
      Array.from({ length: count }, (_, row) =>
        Array.from({ length: 500 }, (_word, place) => `w${row * 500 + place}`).join(" "),
      );
    const notesOf = (all: readonly string[]) => {
      const notes: string[] = [];
      joinTemplates(all, halves(all.length), new Int32Array(all.length).fill(-1), notes);
      return notes;
    };
    expect(notesOf(long(40))).toEqual([]);
    expect(notesOf(long(402))).toEqual([
      expect.stringMatching(
        /^Templates: not looked for among 402 different sentences with 201000 words/,
      ),
    ]);
  });

  it("are looked for until it is stopped", () => {
    const all = english.map((sentence) => sentence.replace("FILLER", "office"));
    let rows = 0;
    const stop = () => {
      rows += 1;
      if (rows === 3) throw new Error("stopped");
    };
    expect(() =>
      joinTemplates(all, halves(all.length), new Int32Array(all.length).fill(-1), [], stop),
    ).toThrow("stopped");
  });

  it("of 3,000 different sentences take less than ten seconds of a processor", async () => {
    const folder = mkdtempSync(join(tmpdir(), "eigenlens-templates-"));
    try {
      const { outputFiles } = await build({
        stdin: {
          resolveDir: process.cwd(),
          loader: "ts",
          contents: `
            import { joinTemplates } from "./src/ged/validation/design/templates.ts";
            const all = Array.from({ length: 3000 }, (_, i) =>
              Array.from({ length: 14 }, (_, j) => "w" + ((i * 7919 + j * j * 104729 + i * j) % 5003)).join(" "),
            );
            const before = process.cpuUsage();
            const labels = Uint8Array.from(all, (_, i) => i % 2);
            joinTemplates(all, labels, new Int32Array(all.length).fill(-1));
            const { user, system } = process.cpuUsage(before);
            console.log((user + system) / 1e6);`,
        },
        bundle: true,
        write: false,
        platform: "node",
        format: "cjs",
        target: "node20",
      });
      const file = join(folder, "templates.cjs");
      writeFileSync(file, outputFiles[0].contents);
      const child = spawnSync(process.execPath, [file], { encoding: "utf8", timeout: 100_000 });
      expect(child.stderr).toBe("");
      expect(Number(child.stdout)).toBeGreaterThan(0);
      expect(Number(child.stdout)).toBeLessThan(10);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
