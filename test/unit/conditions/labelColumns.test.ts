import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { labelColumns } from "../../../src/conditions/labelColumns.ts";
import { rowLabels } from "../../../src/conditions/rowLabels.ts";

const folder = mkdtempSync(join(tmpdir(), "eigenlens-columns-"));
const inFolder = (name: string) => join(folder, name);
const repeated = (labels: readonly string[], rows: number) =>
  Array.from({ length: rows }, (_, row) => labels[row % labels.length] ?? "");

function writeTable(name: string, columns: Readonly<Record<string, readonly string[]>>): string {
  const rows = Object.values(columns)[0]?.length ?? 0;
  const lines = Array.from({ length: rows }, (_, row) =>
    [...Object.values(columns).map((texts) => texts[row]), row * 0.25, row * 0.5].join(","),
  );
  writeFileSync(
    inFolder(name),
    `${[...Object.keys(columns), "n0", "n1"].join(",")}\n${lines.join("\n")}\n`,
  );
  return inFolder(name);
}

beforeAll(() => {
  writeTable("topics.csv", {
    topic: repeated(["sea", "war", "tax", "law"], 24),
    gender: repeated(["him", "her"], 24),
    sentence: Array.from({ length: 24 }, (_, row) => `Sentence ${String(row)}.`),
  });
  writeTable("plain.csv", { split: repeated(["train", "test"], 12) });
  writeFileSync(inFolder("plain.labels.json"), JSON.stringify(repeated(["a", "b", "c"], 12)));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the columns whose labels can be compared in all pairs", () => {
  it("have more than two labels, and not one per row", async () => {
    const path = inFolder("topics.csv");
    expect(await labelColumns(path, nodeFileSystem)).toMatchObject([
      { column: "topic", rows: 24, count: 4, labels: ["sea", "war", "tax", "law"] },
    ]);
  });

  it("are found beside the data, under a name that finds the same labels again", async () => {
    const found = await labelColumns(inFolder("plain.csv"), nodeFileSystem);
    expect(found).toMatchObject([{ column: "labels", count: 3, rows: 12 }]);
    const [{ source, column, labels }] = found;
    expect(await rowLabels(source, column, nodeFileSystem)).toEqual(labels);
  });
});
