import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WrittenSummary } from "../../src/runs/written/summary.ts";
import { holm } from "../../src/statistics/holm.ts";
import { eigenlens } from "../support/commandLine.ts";
import { normalRows } from "../unit/ged/validation/support.ts";

interface Direction {
  readonly ratioHeldOut: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  readonly pCorrected: number;
}

interface Pair extends Direction {
  readonly target: string;
  readonly reference: string;
  readonly swapped: Direction;
  readonly error?: string;
}

interface Pairs {
  readonly labels: readonly string[];
  readonly pairs: readonly Pair[];
  readonly tests: number;
  readonly correction: string;
}

const few = ["--permutations", "60", "--repeats", "1"];
let folder: string;
let file: string;

/** Labels in turn, each with rows of its own: of `loud` the third neuron varies much. */
async function write(name: string, counts: Readonly<Record<string, number>>): Promise<string> {
  const lines = ["label,n0,n1,n2,n3,n4,n5"];
  Object.entries(counts).forEach(([label, count], i) => {
    const scale = (column: number) => (label === "loud" && column === 2 ? 5 : 1);
    const { values } = normalRows(count, 6, 40 + i, scale);
    for (let row = 0; row < count; row += 1) {
      lines.push([label, ...values.subarray(6 * row, 6 * row + 6)].join(","));
    }
  });
  const path = join(folder, name);
  await writeFile(path, `${lines.join("\n")}\n`);
  return path;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
  file = await write("three.csv", { loud: 26, calm: 25, even: 24 });
});
afterAll(() => rm(folder, { recursive: true }));

describe("eigenlens pairs", () => {
  it("gives every pair the numbers of its own run, and p that count all pairs", async () => {
    const { code, output, errors } = await eigenlens(
      ...["pairs", file, "--labels", "label", "--json", ...few],
    );
    expect([code, errors]).toEqual([0, ""]);
    const { labels, pairs, tests, correction } = JSON.parse(output) as Pairs;
    expect([labels, tests, correction]).toEqual([["loud", "calm", "even"], 6, "holm"]);
    expect(pairs.map(({ target, reference }) => `${target} ${reference}`)).toEqual([
      "loud calm",
      "loud even",
      "calm even",
    ]);
    const [, pair] = pairs;
    const alone = await eigenlens(
      ...["run", `${file}[label=loud]`, `${file}[label=even]`, "--validate", "--json"],
      ...["--no-extended", ...few],
    );
    const { validation } = JSON.parse(alone.output) as WrittenSummary;
    for (const [own, one] of [
      [pair, validation],
      [pair.swapped, validation?.swapped],
    ] as const) {
      expect(own.ratioHeldOut).toBe(one?.heldOut?.ratio);
      expect([own.low, own.high]).toEqual(Object.values(one?.heldOutRatioInterval ?? {}));
      expect(own.p).toBe(one?.permutation?.heldOut?.p);
    }
    const all = pairs.flatMap((each) => [each, each.swapped]);
    expect(all.map(({ pCorrected }) => pCorrected)).toEqual(holm(all.map(({ p }) => p)));
    expect(pair.p).toBeLessThan(0.05);
  });

  it("draws so many permutations that a corrected p can be small, and says what is left", async () => {
    const { output } = await eigenlens("pairs", file, "--labels", "label", "--repeats", "1");
    expect(output.match(/ over /g)?.length).toBeGreaterThanOrEqual(6);
    expect(output).toMatch(/Corrected over all 6 \(Holm\), p is at most 0\.05 for loud over /);
  });

  it("goes on if a label has too few rows, and counts its pairs", async () => {
    const path = await write("single.csv", { loud: 26, calm: 25, single: 1 });
    const { code, output } = await eigenlens(
      ...["pairs", path, "--labels", "label", "--json", ...few],
    );
    expect(code).toBe(0);
    const { pairs } = JSON.parse(output) as Pairs;
    expect(pairs.map(({ error }) => error?.includes("one row only") ?? false)).toEqual([
      false,
      true,
      true,
    ]);
    const [first] = pairs;
    const both = [first.p, first.swapped.p];
    expect([first.pCorrected, first.swapped.pCorrected]).toEqual(holm(both, 6));
  });

  it.each([
    [{ loud: 10 }, "label", /all rows have the same label in label/],
    [{ loud: 10, calm: 10 }, "mood", /no vector "mood"/],
    [
      Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`label ${i}`, 2])),
      "label",
      /21 labels in label: choose a column with at most 20/,
    ],
  ])("refuses in one line what cannot be compared", async (counts, column, line) => {
    const path = await write("refused.csv", counts);
    const { code, output, errors } = await eigenlens("pairs", path, "--labels", column);
    expect([code, output]).toEqual([1, ""]);
    expect(errors.trim().split("\n")).toHaveLength(1);
    expect(errors).toMatch(line);
  });

  it("refuses a source with a label chosen", async () => {
    const chosen = `${file}[label=loud]`;
    const { errors } = await eigenlens("pairs", chosen, "--labels", "label");
    expect(errors).toMatch(/label=loud chosen already/);
  });
});
