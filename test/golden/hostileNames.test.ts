import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eigenlens } from "../support/commandLine.ts";
import { hostileNames, obeyed, obeyedInLines } from "../support/hostileNames.ts";
import { safetensorsBytes } from "../support/fileBytes.ts";

const attacks = "test/golden/data/attacks";
let folder: string;
let all: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
  all = join(folder, "all.safetensors");
  await writeFile(all, safetensors(names));
});
afterAll(() => rm(folder, { recursive: true }));

/** JSON of a header is well-formed Unicode. */
const names = Object.values(hostileNames).filter((name) => !/\p{Cs}/u.test(name));

/** Matrices of 2 x 3 zeros under the given names. */
function safetensors(of: readonly string[]): Uint8Array {
  const entries = of.map((name, i) => {
    return [name, { dtype: "F32", shape: [2, 3], data_offsets: [24 * i, 24 * (i + 1)] }];
  });
  return safetensorsBytes(Object.fromEntries(entries), new Uint8Array(24 * of.length));
}

/** One printable line below 2,000 characters, its line break included. */
function expectOneLine(errors: string): void {
  expect(errors).toMatch(/^[^\n]+\n$/);
  expect(obeyedInLines(errors)).toEqual([]);
  expect(errors.length).toBeLessThan(2000);
}

describe("inspect", () => {
  it("lists names that a terminal would obey, one row per tensor", async () => {
    const { code, output, errors } = await eigenlens("inspect", `${attacks}/names.safetensors`);
    expect([code, errors]).toEqual([0, ""]);
    expect(obeyedInLines(output)).toEqual([]);
    expect(output.trimEnd().split("\n").slice(1)).toEqual([
      "  a\\x1b[2Jb  2 x 3  float32",
      "  c\\x1b]52;c;aGk=\\x07d  2 x 3  float32",
      "  e\\nf  9 x 9  float32  2 x 3  float32",
      "  g\\u202etxt.h  2 x 3  float32",
      "  i\\x9b31mj  2 x 3  float32",
    ]);
  });

  it("cuts long names and keeps the row's end", async () => {
    const { code, output } = await eigenlens("inspect", all);
    expect(code).toBe(0);
    expect(obeyedInLines(output)).toEqual([]);
    const rows = output.trimEnd().split("\n").slice(1);
    expect(rows).toHaveLength(names.length);
    for (const row of rows) {
      expect(row).toMatch(/^ {2}\S.* {2}2 x 3 {2}float32$/);
      expect(row.length).toBeLessThan(300);
    }
  });

  it("keeps names whole in JSON, where they are escaped", async () => {
    const { code, output } = await eigenlens("inspect", all, "--json");
    expect(code).toBe(0);
    expect(output).toMatch(/^[^\n]+\n$/);
    expect(obeyedInLines(output)).toEqual([]);
    const { tensors } = JSON.parse(output) as { tensors: { name: string }[] };
    expect(tensors.map(({ name }) => name).sort()).toEqual([...names].sort());
  });
});

describe("errors", () => {
  it("are one printable line, however many names they list", async () => {
    const out = join(folder, "out.npy");
    for (const file of [`${attacks}/names.safetensors`, all]) {
      const { code, output, errors } = await eigenlens("convert", `${file}#nowhere`, out);
      expect([code, output]).toEqual([1, ""]);
      expectOneLine(errors);
      expect(errors).toMatch(/safetensors has no tensor "nowhere": choose one of .*\.\n$/);
    }
  });

  it("quote the entries of an archive as text", async () => {
    const { code, output, errors } = await eigenlens("inspect", `${attacks}/link.npz`);
    expect([code, output]).toEqual([1, ""]);
    expectOneLine(errors);
    expect(errors).toContain("[press here](command:workbench.action.terminal.new)");
    expect(errors).toMatch(/use numpy\.savez or torch\.save\.\n$/);
  });

  const long = `begin\x1b[2J\u202e${"x".repeat(100_000)}end`;
  it.each<[string, readonly string[], RegExp]>([
    ["a tensor", ["convert", `${attacks}/names.safetensors#${long}`, "out.npy"], /begin.*choose/],
    ["a file", ["inspect", long], /^begin.*end/],
    ["an option's name", ["inspect", "x.npy", `--${long}`], /--begin.*\(see eigenlens --help\)/],
    ["an option's value", ["run", "x.npy", "y.npy", "--variance", long], /begin.*not a number/],
    ["a choice", ["run", "x.npy", "y.npy", "--route", long], /begin.*none of auto, gram/],
    ["rows", ["run", "x.npy", "y.npy", "--train-rows", long], /begin.*such as 0:53/],
    ["a command", [long], /unknown command.*begin.*\(see eigenlens --help\)/],
    ["a selection", ["run", `x.npy[rows=${long}]`, "y.npy"], /begin.*cannot be read: write \[/],
    ["a pattern", ["run", `x.npy[sentences~/(${long}/]`, "y.npy"], /begin.*regular expression/],
  ])("quote the ends of a long argument: %s", async (_kind, words, line) => {
    const { code, output, errors } = await eigenlens(...words);
    expect([code, output]).toEqual([1, ""]);
    expectOneLine(errors);
    expect(errors).toMatch(line);
  });
});

it("names of conditions are harmless in what a run prints", async () => {
  const name = `\x1b]8;;https://example.com\x07him\u202e${"x".repeat(5000)}`;
  const { code, output } = await eigenlens(
    ...["run", `samples/him.npy[name="${name}"]`, "samples/her.npy"],
  );
  expect(code).toBe(0);
  expect(output).toContain("\\x1b]8;;https://example.com\\x07him\\u202exx");
  for (const line of output.trimEnd().split("\n")) {
    expect(line).not.toMatch(obeyed);
    expect(line.length).toBeLessThan(2000);
  }
  expect(output).toMatch(/x… ?x.* vs her: not tested yet.*53 \+ 53 rows, 3072 neurons/s);
});
