import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eigenlens } from "../../support/commandLine.ts";
import { randomRows } from "../../support/random.ts";
import { npyFile } from "../activations/files.ts";

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-moments-cli-"));
  for (const [seed, name] of ["him", "her"].entries()) {
    const rows = randomRows(40, 8, seed + 1, (j) => 0.8 ** j);
    await writeFile(at(`${name}.npy`), npyFile([40, 8], rows.flat()));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Printed {
  readonly separation: { readonly eigenvalues: readonly number[] };
  readonly validation: {
    readonly heldOut: { readonly ratio: number; readonly auc: number | null };
  };
}

describe("eigenlens moments, merge and run", () => {
  it("gives from moments what rows give", async () => {
    const conditions = [`him=${at("him.npy")}`, `her=${at("her.npy")}`];
    const document = at("x.moments.safetensors");
    const made = await eigenlens("moments", ...conditions, "--folds", "4", "--out", document);
    expect(made).toMatchObject({ code: 0, errors: "" });
    expect(made.output).toBe(
      `${document}: rows of him 40, her 40; 8 neurons, 4 folds (by design of rows, seed 1)\n`,
    );
    const flags = [
      "--validate",
      "--folds",
      "4",
      "--repeats",
      "1",
      "--permutations",
      "0",
      "--no-extended",
      "--json",
    ];
    const found = await eigenlens("run", `${document}#him`, `${document}#her`, ...flags);
    const expected = await eigenlens("run", at("him.npy"), at("her.npy"), ...flags);
    const [a, b] = [found, expected].map(({ output }) => JSON.parse(output) as Printed);
    expect((a?.separation.eigenvalues[0] ?? 0) / (b?.separation.eigenvalues[0] ?? 1)).toBeCloseTo(
      1,
      9,
    );
    expect((a?.validation.heldOut.ratio ?? 0) / (b?.validation.heldOut.ratio ?? 1)).toBeCloseTo(
      1,
      9,
    );
    expect(a?.validation.heldOut.auc).toBeUndefined();
    const told = await eigenlens("run", `${document}#him`, `${document}#her`, "--validate");
    expect(told.output).toContain("Note: From moments: sums over 40 and 40 rows");
    expect(told.output).toContain("Left out: Permutations: from moments");
    expect(told.output).not.toContain("NaN");
  });

  it("merges the documents of a job array", async () => {
    for (const [name, range] of [
      ["a", "0:15"],
      ["b", "15:40"],
    ] as const) {
      const conditions = ["him", "her"].map(
        (each) => `${each}=${at(`${each}.npy`)}[rows=${range}]`,
      );
      const { code } = await eigenlens(
        "moments",
        ...conditions,
        "--folds",
        "0",
        "--out",
        at(`${name}.moments.safetensors`),
      );
      expect(code).toBe(0);
    }
    const parts = [at("a.moments.safetensors"), at("b.moments.safetensors")];
    const merged = await eigenlens("merge", ...parts, "--out", at("ab.moments.safetensors"));
    expect(merged.output).toContain("rows of him 40, her 40; 8 neurons, no folds");
    const run = await eigenlens(
      "run",
      `${at("ab.moments.safetensors")}#him`,
      `${at("ab.moments.safetensors")}#her`,
      "--json",
    );
    const rows = await eigenlens("run", at("him.npy"), at("her.npy"), "--json");
    const [a, b] = [run, rows].map(
      ({ output }) => (JSON.parse(output) as Printed).separation.eigenvalues[0],
    );
    expect((a ?? 0) / (b ?? 1)).toBeCloseTo(1, 9);
  });

  it("refuses in one line and leaves nothing behind", async () => {
    const out = ["--out", at("out.moments.safetensors")];
    const him = `him=${at("him.npy")}`;
    const refusals: readonly [readonly string[], RegExp][] = [
      [
        ["moments", at("him.npy"), ...out],
        /does not say what its condition is called: write NAME=SOURCE/,
      ],
      [["moments", `${at("him.npy")}[rows=0:5]`, ...out], /write NAME=SOURCE/],
      [["moments", him, "--folds", "1", ...out], /choose --folds 2 or more, or 0/],
      [["moments", him, him, ...out], /Two conditions are called him/],
      [["moments", him], /required option '--out <file>' not specified/],
      [["moments", him, "--out", at("him.npy")], /is read and would be replaced/],
      [["merge", at("him.npy"), ...out], /him\.npy/],
      [["merge", at("absent.moments.safetensors"), ...out], /absent/],
    ];
    for (const [words, line] of refusals) {
      const { code, output, errors } = await eigenlens(...words);
      expect([code, output]).toEqual([1, ""]);
      expect(errors).toMatch(/^[^\n]+\n$/);
      expect(errors).toMatch(line);
    }
    expect(
      (await readdir(folder)).filter((name) => name.includes("out") || name.endsWith(".partial")),
    ).toEqual([]);
  });
});
