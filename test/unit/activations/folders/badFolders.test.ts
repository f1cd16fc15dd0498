import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { openCondition } from "../../../../src/conditions/openCondition.ts";
import { parseSource } from "../../../../src/conditions/parseSource.ts";
import { npyBytes } from "../../../support/fileBytes.ts";
import { npyFile } from "../files.ts";

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "bad-folders-"));
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

const matrix = (rows: number, columns: number) =>
  npyFile(
    [rows, columns],
    Array.from({ length: rows * columns }, (_, at) => at),
  );

function write(files: Readonly<Record<string, Uint8Array | string>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

async function refusal(source: string): Promise<string> {
  const opened = openCondition(parseSource(join(root, source)), nodeFileSystem);
  const message = await opened.then(
    async (condition) => {
      const values = new Float64Array(condition.rows * condition.columns);
      return condition.readRows(0, condition.rows, values).then(
        () => "nothing",
        (error: Error) => error.message,
      );
    },
    (error: Error) => error.message,
  );
  expect(message.split("\n")).toHaveLength(1);
  return message;
}

describe("a set of numbered parts is refused in one line", () => {
  it("if one is missing, whichever way they are counted", async () => {
    write({ "one/h-1-of-3.npy": matrix(2, 3), "one/h-3-of-3.npy": matrix(2, 3) });
    write({ "zero/h-00000-of-00003.npy": matrix(2, 3), "zero/h-00002-of-00003.npy": matrix(2, 3) });
    expect(await refusal("one#h")).toContain("part 2 of 3 is missing (h-2-of-3.npy)");
    expect(await refusal("zero#h")).toContain("part 2 of 3 is missing (h-00001-of-00003.npy)");
  });

  it("if parts differ in width or type", async () => {
    write({ "width/h-1-of-2.npy": matrix(2, 3), "width/h-2-of-2.npy": matrix(2, 4) });
    const single = npyBytes([2, 3], new Uint8Array(24), "<f4");
    write({ "type/h-1-of-2.npy": matrix(2, 3), "type/h-2-of-2.npy": single });
    expect(await refusal("width#h")).toMatch(/h-2-of-2\.npy holds \[2, 4\] .* same width/);
    expect(await refusal("type#h")).toMatch(/h-2-of-2\.npy holds \[2, 3\] float32/);
  });

  it("if a part is cut short, or still empty", async () => {
    write({ "cut/h-1-of-2.npy": matrix(2, 3), "cut/h-2-of-2.npy": matrix(2, 3).slice(0, -5) });
    write({ "empty/h-1-of-2.npy": matrix(2, 3), "empty/h-2-of-2.npy": new Uint8Array(0) });
    expect(await refusal("cut#h")).toMatch(/h-2-of-2\.npy: 5 bytes are missing/);
    expect(await refusal("empty#h")).toMatch(/h-2-of-2\.npy is empty/);
  });

  it("if two saves share a name, or another file lies among them", async () => {
    write({ "two/h-1-of-1.npy": matrix(2, 3), "two/h-1-of-2.npy": matrix(2, 3) });
    write({ "among/h-1-of-1.npy": matrix(2, 3), "among/other.npy": matrix(2, 3) });
    expect(await refusal("two#h")).toMatch(/several sets under one name/);
    expect(await refusal("among#h")).toMatch(/mixes numbered parts with other\.npy/);
  });

  it("if one is a link out of the folder", async () => {
    write({ "link/h-1-of-2.npy": matrix(2, 3), "outside.npy": matrix(2, 3) });
    symlinkSync(join(root, "outside.npy"), join(root, "link/h-2-of-2.npy"));
    expect(await refusal("link#h")).toMatch(/h-2-of-2\.npy is a link out of the folder/);
  });
});

describe("a dataset on disk is refused", () => {
  it("if its state names files elsewhere, or rows by a file of indices", async () => {
    const state = (more: object) => JSON.stringify({ _data_files: [], ...more });
    write({ "escape/state.json": state({ _data_files: [{ filename: "../secret.arrow" }] }) });
    write({ "indices/state.json": state({ _indices_data_files: [{ filename: "i.arrow" }] }) });
    expect(await refusal("escape#h")).toMatch(/other paths are refused/);
    expect(await refusal("indices#h")).toMatch(/flatten_indices/);
  });
});

describe("files of no known layout", () => {
  it("are not put together unasked, and a pattern says so", async () => {
    write({ "loose/him.npy": matrix(4, 3), "loose/her.npy": matrix(4, 3) });
    expect(await refusal("loose")).toMatch(/nothing says belong together.*\*\.npy/);
    expect(await refusal("loose/*.txt")).toMatch(/no file of this pattern/);
  });

  it("that hold three axes are refused until these are named", async () => {
    const values = Array.from({ length: 2 * 3 * 4 }, (_, at) => at + 1);
    write({
      "three/p1.npy": npyFile([2, 3, 4], values),
      "three/p2.npy": npyFile([2, 3, 4], values),
    });
    expect(await refusal("three")).toMatch(/nothing says what its axes are.*axes=layer:token/);
    const source = "three[axes=layer:token:neuron,layer=1,token=last]";
    expect(await refusal(source)).toBe("nothing");
  });
});
