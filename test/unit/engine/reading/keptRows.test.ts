import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { ConditionPair } from "../../../../src/engine/reading/conditionPair.ts";
import { KeptRows } from "../../../../src/engine/reading/keptRows.ts";
import { rowBudget } from "../../../../src/engine/reading/rowBudget.ts";
import { countingFiles } from "../../../support/countingFiles.ts";
import { npyFile } from "../../activations/files.ts";

const folder = mkdtempSync(join(tmpdir(), "eigenlens-kept-"));
afterAll(() => rmSync(folder, { recursive: true }));

const [rows, columns] = [16, 8];
/** float64 */
const conditionBytes = 8 * rows * columns;
const values = Array.from({ length: rows * columns }, (_, i) => Math.sin(i));

function write(name: string, factor: number): { readonly path: string } {
  const path = join(folder, name);
  const own = values.map((value) => factor * value);
  writeFileSync(path, npyFile([rows, columns], own));
  return { path };
}
const [first, second, third] = [write("a.npy", 1), write("b.npy", 2), write("c.npy", 3)];

/** All rows of a pair, those of the target first, asked for in parts that overlap. */
async function readAll({ target, reference }: ConditionPair): Promise<number[]> {
  const found: number[] = [];
  for (const condition of [target, reference]) {
    await condition.readRows(4, 9, new Float32Array(5 * columns));
    const all = new Float64Array(rows * columns);
    await condition.readRows(0, rows, all);
    found.push(...all);
  }
  return found;
}

const expected = (...factors: readonly number[]) =>
  factors.flatMap((factor) => values.map((value) => factor * value));

describe("the rows that are kept", () => {
  const files = countingFiles();
  const plenty = { limit: 2 ** 30, free: 2 ** 30 };
  let memory = plenty;
  let kept: KeptRows;
  const bytesOf = (...sources: readonly { readonly path: string }[]) =>
    sources.map(({ path }) => files.bytesOf(path));

  beforeEach(() => {
    memory = plenty;
    kept = new KeptRows(files.fileSystem, () => memory);
    files.forget();
  });

  it("are those of the last pair, in full precision whatever was asked for first", async () => {
    const pair = { target: first, reference: second };
    expect(await kept.use(pair, readAll)).toEqual(expected(1, 2));
    expect(kept.byteLength).toBe(2 * conditionBytes);
    files.forget();
    expect(await kept.use(pair, readAll)).toEqual(expected(1, 2));
    expect(await kept.borrow({ target: second, reference: first }, readAll)).toEqual(
      expected(2, 1),
    );
    expect(bytesOf(first, second)).toEqual([0, 0]);
    await kept.use({ target: third, reference: second }, readAll);
    expect(bytesOf(first, second)).toEqual([0, 0]);
    expect(kept.byteLength).toBe(2 * conditionBytes);
    await kept.use(pair, readAll);
    expect(bytesOf(second)).toEqual([0]);
    expect(bytesOf(first)[0]).toBeGreaterThan(conditionBytes);
  });

  it("stay when others are borrowed, which do not", async () => {
    await kept.use({ target: first, reference: second }, readAll);
    await kept.borrow({ target: first, reference: third }, readAll);
    files.forget();
    await kept.borrow({ target: first, reference: third }, readAll);
    await kept.use({ target: first, reference: second }, readAll);
    expect(bytesOf(first, second)).toEqual([0, 0]);
    expect(bytesOf(third)[0]).toBeGreaterThan(conditionBytes);
  });

  it("are none where not all were read, where the work failed, or where there is no room", async () => {
    const pair = { target: first, reference: second };
    await kept.use(pair, async ({ target }) => {
      await target.readRows(0, rows - 1, new Float64Array((rows - 1) * columns));
    });
    expect(kept.byteLength).toBe(0);
    const failing = async (own: ConditionPair) => {
      await readAll(own);
      throw new Error("no");
    };
    await expect(kept.use(pair, failing)).rejects.toThrow("no");
    expect(kept.byteLength).toBe(0);
    memory = { limit: 2 ** 30, free: 8 * (2 * conditionBytes - 1) };
    expect(await kept.use(pair, readAll)).toEqual(expected(1, 2));
    expect(kept.byteLength).toBe(conditionBytes);
    memory = { limit: 2 ** 30, free: 0 };
    expect(await kept.use(pair, readAll)).toEqual(expected(1, 2));
    expect(kept.byteLength).toBe(0);
  });

  it("go when memory is short", async () => {
    const pair = { target: first, reference: second };
    await kept.use(pair, readAll);
    memory = { limit: 2 ** 30, free: 0 };
    files.forget();
    await kept.borrow(pair, readAll);
    expect(kept.byteLength).toBe(0);
    expect(bytesOf(first)[0]).toBeGreaterThan(conditionBytes);
  });

  it("are not mistaken for those of another selection of the same file", async () => {
    await kept.use({ target: first, reference: second }, readAll);
    const part = { ...first, rows: { start: 1, stop: 9 } };
    await kept.borrow({ target: part, reference: second }, async ({ target }) => {
      expect(target.rows).toBe(8);
      const row = new Float64Array(columns);
      await target.readRows(0, 1, row);
      expect([...row]).toEqual(values.slice(columns, 2 * columns));
    });
  });
});

describe("the room for kept rows", () => {
  it.each([
    [{ limit: 160, free: 160 }, 0, 10],
    [{ limit: 160, free: 40 }, 0, 5],
    [{ limit: 160, free: 30 }, 10, 5],
    [{ limit: 160, free: 0 }, 0, 0],
  ])("of %o with %d bytes held is %d", (memory, held, room) => {
    expect(rowBudget(memory, held)).toBe(room);
  });
});
