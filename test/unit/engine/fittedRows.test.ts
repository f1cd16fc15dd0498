import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import type { Condition } from "../../../src/conditions/condition.ts";
import { openCondition } from "../../../src/conditions/openCondition.ts";
import { parseSource } from "../../../src/conditions/parseSource.ts";
import { mayHaveBeenFitted } from "../../../src/engine/fittedRows.ts";
import { openBoth } from "../../../src/engine/openBoth.ts";
import { sourceRecord } from "../../../src/runs/buildDocument.ts";
import { hashSource } from "../../../src/runs/fingerprint/hashSource.ts";
import { npyFile, npzFile } from "../activations/files.ts";

const folder = mkdtempSync(join(tmpdir(), "eigenlens-"));
afterAll(() => rmSync(folder, { recursive: true }));

const values = Array.from({ length: 24 }, (_, i) => Math.sin(i));
writeFileSync(join(folder, "X.npy"), npyFile([12, 2], values));
writeFileSync(
  join(folder, "X.npz"),
  npzFile({ X: [[12, 2], values] }, { labels: values.map((_, i) => i % 2).slice(12) }),
);
const source = (text: string) => parseSource(join(folder, text));

describe("whether rows had a part in fitting", () => {
  it.each([
    ["X.npy[rows=0:6]", "X.npy[rows=6:12]", false],
    ["X.npy[rows=0:6]", "X.npy[rows=5:12]", true],
    ["X.npy[rows=0::2]", "X.npy[rows=1::2]", false],
    ["X.npy[rows=0::2]", "X.npy[rows=1::3]", true],
    ["X.npy[rows=0::2]", "X.npy", true],
    ["X.npy[rows=0:6]", "X.npy[rows=-6:]", false],
    ["X.npy[rows=0:6]", "X.npy[rows=-7:]", true],
    ["X.npy[rows=:-6]", "X.npy[rows=6::2]", false],
    ["X.npz#X[labels=1]", "X.npz#X[labels=0]", false],
    ["X.npz#X[labels=1]", "X.npz#X[labels=True]", true],
    ["X.npz#X[labels=1,rows=0::2]", "X.npz#X[labels=true,rows=1::2]", false],
  ])("%s, tried on %s", async (fitted, tried, expected) => {
    const condition = await openCondition(source(fitted), nodeFileSystem);
    const record = sourceRecord(
      condition,
      await hashSource(condition.provenance.path, nodeFileSystem),
    );
    await condition.close();
    const other = await openCondition(source(tried), nodeFileSystem);
    // As a run's document brings it back.
    const sources = JSON.parse(JSON.stringify({ target: record, reference: record }));
    const hashOf = ({ provenance }: Condition) => hashSource(provenance.path, nodeFileSystem);
    expect(await mayHaveBeenFitted([other], sources, hashOf)).toBe(expected);
    await other.close();
  });
});

describe("two conditions that are opened together", () => {
  it.each([
    ["X.npy[rows=0:6]", "X.npy[rows=6:12]", "X (rows 0:6)", "X (rows 6:12)"],
    ["X.npy[name=N]", "X.npz[name=N]", "N (npy)", "N (npz)"],
    ["X.npz[labels=1]", "X.npz[labels=0]", "1", "0"],
  ])("%s and %s have names of their own", async (a, b, first, second) => {
    const names = await openBoth(
      { target: source(a), reference: source(b) },
      (each) => openCondition(each, nodeFileSystem),
      (target, reference) => Promise.resolve([target.name, reference.name]),
    );
    expect(names).toEqual([first, second]);
  });
});
