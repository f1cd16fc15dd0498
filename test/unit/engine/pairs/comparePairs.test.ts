import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { Cancellation } from "../../../../src/cancellation.ts";
import { Engine } from "../../../../src/engine/engine.ts";
import { defaultGedOptions } from "../../../../src/ged/method/options.ts";
import { defaultValidationOptions } from "../../../../src/ged/validation/options.ts";
import { pairPermutations, type ComparedPair } from "../../../../src/protocol/pairs.ts";
import { normalRows } from "../../ged/validation/support.ts";

const folder = mkdtempSync(join(tmpdir(), "eigenlens-pairs-"));
const path = join(folder, "three.csv");
const engine = new Engine(nodeFileSystem);
const validation = {
  ...defaultValidationOptions,
  repeats: 1,
  permutations: 20,
  extended: false,
};

beforeAll(() => {
  const lines = Object.entries({ a: 26, b: 25, c: 24 }).flatMap(([label, rows], i) => {
    const { values } = normalRows(rows, 6, 40 + i);
    return Array.from({ length: rows }, (_, row) =>
      [label, ...values.subarray(6 * row, 6 * row + 6)].join(","),
    );
  });
  writeFileSync(path, `label,n0,n1,n2,n3,n4,n5\n${lines.join("\n")}\n`);
});
afterAll(async () => {
  await engine.dispose();
  rmSync(folder, { recursive: true });
});

const namesOf = ({ target, reference }: Pick<ComparedPair, "target" | "reference">) =>
  `${String(target.name)} ${String(reference.name)}`;

describe("every two labels of a column", () => {
  it("are reported as they come, without the p that is not known before the last", async () => {
    const found = await engine.labelPairs({ source: { path }, column: "label" });
    expect(found.pairs.map(namesOf)).toEqual(["a b", "a c", "b c"]);
    const told: (readonly ComparedPair[])[] = [];
    const { pairs, reports } = await engine.comparePairs(
      { ...found, options: defaultGedOptions, validation },
      {
        cancellation: new Cancellation(),
        report: ({ pairs: done }) => {
          if (done && done.length !== told.at(-1)?.length) told.push(done);
        },
      },
    );
    expect(told.map((done) => done.map(namesOf))).toEqual([
      [],
      ["a b"],
      ["a b", "a c"],
      ["a b", "a c", "b c"],
    ]);
    for (const { found: figures } of told.flat()) {
      expect(figures?.forward.p).toBeGreaterThan(0);
      expect(figures?.forward).not.toHaveProperty("correctedP");
    }
    for (const { found: figures } of pairs) {
      expect(figures?.swapped.correctedP).toBeGreaterThanOrEqual(figures?.swapped.p ?? NaN);
    }
    expect(reports.map((report) => report?.permutations?.count)).toEqual([20, 20, 20]);
  });

  it("stop where they are cancelled", async () => {
    const found = await engine.labelPairs({ source: { path }, column: "label" });
    const cancellation = new Cancellation();
    let most = 0;
    await expect(
      engine.comparePairs(
        { ...found, options: defaultGedOptions, validation },
        {
          cancellation,
          report: ({ pairs: done = [] }) => {
            most = Math.max(most, done.length);
            if (done.length === 1) cancellation.request();
          },
        },
      ),
    ).rejects.toMatchObject({ code: "cancelled" });
    expect(most).toBe(1);
  });

  it("are permuted so often that one of them can be shown once all are counted", () => {
    expect(pairPermutations(1)).toBe(1000);
    for (const pairs of [28, 190]) {
      const smallest = 1 / (pairPermutations(pairs) + 1);
      expect(2 * pairs * smallest).toBeLessThanOrEqual(0.05);
    }
  });
});
