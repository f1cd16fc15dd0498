import { describe, expect, it } from "vitest";
import type { RunEntry } from "../../../../extension/runs/runEntry.ts";
import {
  describeOutcome,
  newRunId,
  parseEntry,
  runTitle,
  shortTime,
} from "../../../../extension/runs/runEntry.ts";
import { inEnglish } from "../../../../extension/translate.ts";

const entry: RunEntry = {
  stamps: [{ path: "/w/him.npy", byteLength: 1, modified: 2 }],
  runId: "a",
  created: "2026-11-23T12:08:05.123Z",
  target: "him",
  reference: "her",
  targetPath: "/w/him.npy",
  referencePath: "/w/her.npy",
  components: 74,
  variance: 0.99,
  shrinkage: 0.01,
  inSampleRatio: 21286.3,
  byteLength: 10,
};

describe("run entries", () => {
  it("say whether their number is in sample or held out", () => {
    expect(describeOutcome(entry, inEnglish)).toBe("21,286× in sample");
    expect(describeOutcome({ ...entry, heldOutRatio: 13.24 }, inEnglish)).toBe("13.2× held out");
    expect(describeOutcome({ ...entry, verdict: "holds", heldOutRatio: 3.1 }, inEnglish)).toBe(
      "holds, 3.10× held out",
    );
    expect(
      describeOutcome({ ...entry, verdict: "does-not-hold", heldOutRatio: 0.8 }, inEnglish),
    ).toBe("does not hold, 0.800× held out");
    expect(describeOutcome({ ...entry, verdict: "cannot-tell" }, inEnglish)).toBe(
      "cannot tell, 21,286× in sample",
    );
    expect(describeOutcome({ ...entry, inSampleRatio: null }, inEnglish)).toBe("∞× in sample");
  });

  it("name runs readably and safely", () => {
    expect(newRunId({ target: "him", reference: "her/.." }, entry.created, "1f3a")).toBe(
      "him-vs-her-..-20261123T120805-1f3a".replace("-..-", "-"),
    );
    expect(runTitle(entry)).toBe("him vs her");
  });

  it("survive being stored, and refuse what is not an entry", () => {
    expect(parseEntry(JSON.parse(JSON.stringify(entry)))).toEqual(entry);
    expect(parseEntry({ ...entry, verdict: "not-shown" })).toMatchObject({ verdict: "not-shown" });
    for (const verdict of ["constructor", "maybe", 1, null, ["holds"]]) {
      expect(parseEntry({ ...entry, verdict })).toBeUndefined();
    }
    expect(parseEntry({ ...entry, created: 5 })).toBeUndefined();
    expect(parseEntry({ ...entry, heldOutRatio: "13" })).toBeUndefined();
    expect(parseEntry(null)).toBeUndefined();
  });

  it("give the time of day for today only", () => {
    const now = new Date(entry.created);
    const tomorrow = new Date(now.getTime() + 86_400_000);
    expect(shortTime(entry.created, now)).toMatch(/\d\d[:.]\d\d/);
    expect(shortTime(entry.created, tomorrow)).toContain("2026");
  });
});
