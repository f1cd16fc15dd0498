import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { readDocumentFile } from "../../src/runs/reading/readDocument.ts";
import type { WrittenSummary } from "../../src/runs/written/summary.ts";
import { eigenlens } from "../support/commandLine.ts";

const him = "samples/him.npy";
const her = "samples/her.npy";
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("eigenlens run", () => {
  it("prints exactly one object with --json, and the golden numbers in it", async () => {
    const { code, output, errors } = await eigenlens("run", him, her, "--json");
    expect([code, errors]).toEqual([0, ""]);
    const summary = JSON.parse(output) as WrittenSummary;
    expect(summary.target).toEqual({ name: "him", rows: 53, columns: 3072 });
    expect(summary.plan).toMatchObject({ route: "gram", engine: "wasm", precision: "double" });
    expect(summary.compression.components).toBe(74);
    expect(summary.compression.eigenvalues.length).toBe(74);
    expect(summary.rank).toMatchObject({
      target: 52,
      reference: 52,
      average: 104,
      referenceShrunk: 74,
    });
    expect(summary.separation.eigenvalues[0]).toBeCloseTo(187.91802223233, 9);
    expect(summary.swapped.eigenvalues[0]).toBeCloseTo(170.03255847356, 9);
    expect(summary.validation).toBeNull();
    expect(Object.keys(summary.seconds)).toEqual(
      expect.arrayContaining(["read", "compress", "separate", "total"]),
    );
  });

  it("takes its options", async () => {
    const { output } = await eigenlens(
      ...["run", him, her, "--json", "--components", "10", "--shrinkage", "0.2"],
    );
    const summary = JSON.parse(output) as WrittenSummary;
    expect(summary.compression.components).toBe(10);
    expect(summary.shrinkage.gamma).toBe(0.2);
  });

  it("says what an estimator of the shrinkage found", async () => {
    const asked = ["run", him, her, "--shrinkage", "oas"];
    const { output } = await eigenlens(...asked, "--json");
    const { shrinkage } = JSON.parse(output) as WrittenSummary;
    expect(shrinkage).toMatchObject({ estimator: "oas" });
    expect(shrinkage.gamma).toBeCloseTo(0.34942158, 8);
    expect((await eigenlens(...asked)).output).toMatch(
      /after shrinkage 0\.349 \(OAS; swapped 0\.\d+\)/,
    );
  });

  it("ends well where nobody reads its output any more, its document written", async () => {
    const path = join(folder, "unread.ged.safetensors");
    const child = spawn(process.execPath, ["dist/cli.js", "run", him, her, "--out", path]);
    child.stdout.destroy();
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect([code, errors]).toEqual([0, ""]);
    expect((await readDocumentFile(path, nodeFileSystem)).summary.target.name).toBe("him");
  });

  it("writes a run document that can be read back", async () => {
    const path = join(folder, "him-her.ged.safetensors");
    const { code } = await eigenlens("run", him, her, "--out", path);
    expect(code).toBe(0);
    const document = await readDocumentFile(path, nodeFileSystem);
    expect(document.sources.target.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(document.tensors["separation.filters"].shape).toEqual([52, 3072]);
    expect(document.tensors["compression.components"].shape).toEqual([74, 3072]);
    expect(document.sentences?.target[0]).toBe("Nobody told him that the soup was cold.");
    expect((await readdir(folder)).filter((name) => name.includes("partial"))).toEqual([]);
  });

  it("tells a person the same in a few lines", async () => {
    const { output } = await eigenlens("run", him, her);
    expect(output).toMatch(/74 components keep 99\.03 %/);
    expect(output).toMatch(
      /^him vs her: not tested yet\. In sample, component 1 varies 21,286 x as much for him as for her/,
    );
    expect(output).toMatch(/Component 1 of him over her, in sample: eigenvalue 187\.918/);
    expect(output).not.toMatch(/carries|exchange|chance/);
    expect(output).toMatch(/R\) has rank 52 of 3072/);
  });
});

describe("eigenlens inspect", () => {
  it("lists tensors without reading them", async () => {
    const { output } = await eigenlens("inspect", him, "--json");
    expect(JSON.parse(output)).toMatchObject({
      format: "npy",
      tensors: [{ name: "", shape: [53, 3072], dtype: "float32" }],
    });
  });
});

describe("mistakes", () => {
  const formats = "test/formats/data";
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      "NaN and Inf",
      ["run", `${formats}/nan_inf.npy`, `${formats}/f32.npy`],
      /row 3, column 5.*row 7, column 2/,
    ],
    ["one row", ["run", `${formats}/one_row.npy`, her], /one observation has no covariance/],
    ["one dimension", ["run", `${formats}/vector_1d.npy`, her], /1-D array/],
    ["no rows", ["run", `${formats}/empty_0x16.npy`, her], /no rows/],
    ["truncated", ["run", `${formats}/truncated.npy`, her], /37 bytes are missing/],
    ["objects", ["run", `${formats}/object_pickle.npy`, her], /never opened/],
    ["widths", ["run", `${formats}/f32.npy`, her], /16 columns.*3072/],
    ["the same file", ["run", him, him], /same rows/],
    ["no such file", ["run", "missing.npy", her], /^missing\.npy: there is no such file/],
    ["an unknown extension", ["run", "README.md", her], /\.md is no activation format/],
    ["no reference", ["run", him], /missing required argument/],
    ["a share above one", ["run", him, her, "--variance", "2"], /share of variance is 2/],
    ["no number", ["run", him, her, "--shrinkage", "x"], /"x" is not a number/],
    [
      "shrinkage of no name",
      ["run", him, her, "--shrinkage", "lw"],
      /"lw" is not a number from 0 to 1, ledoit-wolf or oas/,
    ],
    ["no shrinkage", ["run", him, her, "--shrinkage", "0"], /rank 52 of 74 with shrinkage 0/],
    ["an unknown command", ["frobnicate"], /unknown command/],
  ];

  it.each(cases)("%s: one line on standard error and exit 1", async (_name, words, message) => {
    const { code, output, errors } = await eigenlens(...words);
    expect(code).toBe(1);
    expect(output).toBe("");
    expect(errors).toMatch(/^[^\n]+\n$/);
    expect(errors).toMatch(message);
  });

  it("leaves the old document where a new run fails", async () => {
    const path = join(folder, "kept.ged.safetensors");
    await writeFile(path, "old");
    const { code } = await eigenlens("run", him, her, "--shrinkage", "0", "--out", path);
    expect(code).toBe(1);
    expect(await readFile(path, "utf8")).toBe("old");
  });

  it("says where a document cannot be written", async () => {
    const path = join(folder, "nowhere", "run.ged.safetensors");
    const { code, errors } = await eigenlens("run", him, her, "--out", path);
    expect(code).toBe(1);
    expect(errors).toMatch(
      /could not be written: its folder does not exist.*nothing was left behind\.\n$/,
    );
  });
});
