import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { openCondition } from "../../../../src/conditions/openCondition.ts";
import { parseSource } from "../../../../src/conditions/parseSource.ts";
import { npyBytes } from "../../../support/fileBytes.ts";
import { npyFile } from "../../activations/files.ts";

const samples = join(__dirname, "../../../formats/data/wayin");
let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "row-columns-"));
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

function write(name: string, bytes: Uint8Array): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), bytes);
}

/** Texts as NumPy keeps them: four bytes for each character. */
function texts(values: readonly string[]): Uint8Array {
  const longest = Math.max(...values.map(({ length }) => length));
  const characters = new Uint32Array(values.length * longest);
  values.forEach((text, at) => {
    characters.set(
      Array.from(text, (character) => character.codePointAt(0) ?? 0),
      at * longest,
    );
  });
  return npyBytes([values.length], new Uint8Array(characters.buffer), `<U${longest}`);
}

/** The numbers of the rows that a source selects in its file. */
async function rowsOf(source: string): Promise<number[]> {
  const condition = await openCondition(parseSource(source), nodeFileSystem);
  try {
    return [...(condition.fileRows ?? [])];
  } finally {
    await condition.close();
  }
}

describe("columns of rows", () => {
  it("select together: a value of one and a regular expression on another", async () => {
    const hub = join(samples, "hub#activations");
    const labelled = await rowsOf(`${hub}[label=him,token=last]`);
    const matching = await rowsOf(`${hub}[text~/1/,token=last]`);
    const both = await rowsOf(`${hub}[label=him,text~/1/,token=last]`);
    expect(both).toEqual(labelled.filter((row) => matching.includes(row)));
    expect(both.length).toBeGreaterThan(1);
    expect(both.length).toBeLessThan(labelled.length);
  });

  it("select together: values of two columns, each in brackets of its own or not", async () => {
    write("two.npz", archive());
    const file = join(root, "two.npz#X");
    expect(await rowsOf(`${file}[label=him,split=train]`)).toEqual([0, 2]);
    expect(await rowsOf(`${file}[label=him][split=train]`)).toEqual([0, 2]);
    expect(await rowsOf(`${file}[label=him,split~/t$/]`)).toEqual([3, 5]);
    expect(await rowsOf(`${file}[label=him,split=train,"a[0]"~/x|y/]`)).toEqual([0, 2]);
  });

  it("are taken in quotes if their names hold brackets", async () => {
    write("brackets.npz", archive());
    expect(await rowsOf(`${join(root, "brackets.npz")}#X["a[0]"=y]`)).toEqual([1, 2]);
  });

  it("keep all rows of a prompt that comes twice", async () => {
    write("twice.npz", archive());
    expect(await rowsOf(`${join(root, "twice.npz")}#X[prompt=same]`)).toEqual([0, 1, 4]);
  });
});

describe("a pattern of files", () => {
  it("is a condition, its files in natural order", async () => {
    for (const [name, value] of [
      ["him/p10.npy", 10],
      ["him/p2.npy", 2],
      ["her/p1.npy", 1],
    ] as const) {
      write(name, npyFile([2, 3], Array<number>(6).fill(value)));
    }
    const source = parseSource(join(root, "him/*.npy[token=last]"));
    const condition = await openCondition(source, nodeFileSystem);
    const values = new Float64Array(condition.rows * condition.columns);
    await condition.readRows(0, condition.rows, values);
    await condition.close();
    expect(condition.name).toBe("him");
    expect([...values]).toEqual([2, 2, 2, 10, 10, 10]);
  });
});

function archive(): Uint8Array {
  return zipSync({
    "X.npy": npyFile(
      [6, 2],
      Array.from({ length: 12 }, (_, at) => at),
    ),
    "label.npy": texts(["him", "her", "him", "him", "her", "him"]),
    "split.npy": texts(["train", "train", "train", "test", "test", "test"]),
    "a[0].npy": texts(["x", "y", "y", "z", "z", "z"]),
    "prompt.npy": texts(["same", "same", "b", "c", "same", "d"]),
  });
}
