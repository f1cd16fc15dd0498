import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, truncate, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";
import { filledIn } from "../../src/capture/captureScript.ts";
import { captureLibraries, type CaptureLibrary } from "../../src/capture/options.ts";
import { hostileCapture, hostileTexts } from "../support/captureOptions.ts";
import { eigenlens } from "../support/commandLine.ts";
import { python, pythonObject } from "./support.ts";

const tiny = process.env["EIGENLENS_PEER_MODEL"] ?? "";
const model = join(tiny, "model");
const program = process.env["EIGENLENS_PEER_PYTHON"] ?? "python3";

let folder: string;
let halfModel: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
  halfModel = join(folder, "half");
  python(folder, join(import.meta.dirname, "bfloat16.py"), model, halfModel);
  const [him, her] = await Promise.all(
    ["him", "her"].map(async (name) =>
      (await readFile(join(tiny, `${name}.txt`), "utf8")).split("\n"),
    ),
  );
  const pairs = him.map((text, i) => ({ him: text, her: her[i], template: i % 10 }));
  await writeFile(join(folder, "prompts.json"), JSON.stringify({ pairs }));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

interface Reference {
  readonly components: number;
  readonly eigenvalues: readonly number[];
  readonly rows: Readonly<Record<"him" | "her", readonly (readonly number[])[]>>;
}

interface Summary {
  readonly compression: { readonly components: number };
  readonly separation: { readonly eigenvalues: readonly number[] };
}

type Case = readonly [
  CaptureLibrary,
  site: string,
  tensor: string,
  token: "last" | "mean" | "word",
];

const cases: readonly Case[] = [
  ["transformers", "residual", "blocks.1.residual", "last"],
  ["transformers", "mlp", "blocks.1.mlp", "word"],
  ["transformers", "neurons", "blocks.1.mlp.neurons", "word"],
  ["transformers", "attention_out", "blocks.1.attn.out", "mean"],
  ["transformers", "attention_head", "blocks.1.attn.heads", "last"],
  ["transformer-lens", "residual", "blocks.1.residual", "last"],
  ["transformer-lens", "neurons", "blocks.1.mlp.neurons", "word"],
  ["transformer-lens", "attention_head", "blocks.1.attn.heads", "mean"],
  ["nnsight", "residual", "blocks.1.residual", "word"],
  ["nnsight", "neurons", "blocks.1.mlp.neurons", "mean"],
];

describe.each(cases)("a script for %s that captures %s", (library, site, tensor, token) => {
  it("writes what hooks and NumPy give, which runs without a choice", async () => {
    const out = `${library}-${site}`;
    await capture(library, out, { site, token: token === "word" ? "him/her" : token });
    const files = ["him", "her"].map((name) => join(folder, out, `${tensor}.${name}.safetensors`));
    const begin = library === "transformer-lens" ? "begin" : "none";
    const wanted = reference(model, site, token, begin);
    // TransformerLens has an attention of its own, in float32.
    const digits = library === "transformer-lens" ? 3 : 6;
    expectNear((await rowsOf(files[0])).rows, wanted.rows.him, digits);
    expectNear((await rowsOf(files[1])).rows, wanted.rows.her, digits);
    const { code, output, errors } = await eigenlens("run", ...files, "--json");
    expect(errors).toBe("");
    expect(code).toBe(0);
    const summary = JSON.parse(output) as Summary;
    expect(summary.compression.components).toBe(wanted.components);
    expectNear([summary.separation.eigenvalues], [wanted.eigenvalues], digits - 1);
    const sweep = await eigenlens("sweep", ...(await filesIn(out)), "--no-validate", "--json");
    expect(sweep.errors).toBe("");
    const { layers } = JSON.parse(sweep.output) as { layers: { layer: number; error?: string }[] };
    expect(layers.map(({ layer, error }) => [layer, error])).toEqual([
      [0, undefined],
      [1, undefined],
      [2, undefined],
    ]);
  });
});

describe("what a script writes", () => {
  it("keeps bfloat16, bit by bit, with its provenance", async () => {
    await capture("transformers", "bits", { model: halfModel, token: "him/her", revision: "main" });
    const path = join(folder, "bits", "blocks.1.residual.him.safetensors");
    const { rows, elementType } = await rowsOf(path);
    expect(elementType).toBe("bfloat16");
    expect(rows).toEqual(reference(halfModel, "residual", "word", "none").rows.him);
    expect(await metadataOf(path)).toEqual({
      model: halfModel,
      revision: "main",
      site: "transformer.h.1",
      component: "residual",
      layer: "1",
      token_rule: "word:him",
      tokenizer: halfModel,
      captured_with: expect.stringMatching(/^transformers \d/) as string,
      prompts_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  it("goes on where it stopped, and is the same as if it had not", async () => {
    const script = await capture("transformers", "stopped", {});
    const whole = new Map<string, Buffer>();
    for (const path of await filesIn("stopped")) whole.set(path, await readFile(path));
    // Stopped in the middle of a row of one layer, before any row of another, and within a header.
    const [first, second, third, ...rest] = [...whole.keys()];
    await rename(first, `${first}.partial`);
    await truncate(`${first}.partial`, (whole.get(first)?.length ?? 0) - 700);
    await rm(second);
    await rename(third, `${third}.partial`);
    await truncate(`${third}.partial`, 40);
    expect(rest.length).toBe(3);
    expect(python(folder, script).status).toBe(0);
    for (const [path, bytes] of whole) expect((await readFile(path)).equals(bytes)).toBe(true);
    expect((await readdir(join(folder, "stopped"))).sort()).toEqual(
      [...whole.keys(), "sentences.json"].map((path) => path.split("/").at(-1)).sort(),
    );
  });

  it("is found beside its sentences, their pairs and templates", async () => {
    await capture("transformers", "described", {});
    const files = ["him", "her"].map((name) =>
      join(folder, "described", `blocks.1.residual.${name}.safetensors`),
    );
    const { output, errors } = await eigenlens(
      "run",
      ...files,
      "--validate",
      "--permutations",
      "19",
    );
    expect(errors).toBe("");
    expect(output).toMatch(/pairs/);
  });
});

describe("a script refuses in one line", () => {
  it("another capture in its folder", async () => {
    await capture("transformers", "taken", {});
    const script = await write("transformers", "taken", { token: "mean" });
    expect(refusal(script)).toMatch(/is of another capture \(token_rule differ\): remove it/);
  });

  it.each<[string, string, RegExp]>([
    ["a file that is missing", "none.json", /none\.json could not be read: No such file/],
    ["records of other names", "other.jsonl", /does not hold prompts of him and her: it has/],
    ["a file that is no JSON", "broken.json", /does not hold prompts of him and her/],
    [
      "an empty prompt",
      "empty.csv",
      /holds 2 prompts of her: at least two are needed, all of them/,
    ],
    ["a word that a prompt lacks", "words.tsv", /the prompt 'a dog' does not have the word 'her'/],
  ])("%s", async (_, name, line) => {
    const contents: Readonly<Record<string, string>> = {
      "other.jsonl": '{"he": "a", "she": "b"}\n',
      "broken.json": '{"him": [',
      "empty.csv": "him,her\na him,\na him,b\n",
      "words.tsv": "him\ther\na him\ta dog\na him\ta her\n",
    };
    const content = contents[name];
    if (content !== undefined) await writeFile(join(folder, name), content);
    const script = await write("transformers", `refused-${name}`, {
      prompts: name,
      token: "him/her",
    });
    expect(refusal(script)).toMatch(line);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ["a layer too many", { layers: "0,3" }, /the model has 3 layers, none is number 3/],
    ["a module that is not there", { site: "h.{layer}.x" }, /this model has no module 'h\.0\.x'/],
    ["a token that is not there", { token: "99" }, /has \d tokens, none is number 99/],
  ])("%s", async (name, flags, line) => {
    expect(refusal(await write("transformers", name, flags))).toMatch(line);
  });
});

describe.each(captureLibraries)("a script for %s", (library) => {
  it("is Python in which a hostile text is a value, and changes nothing else", () => {
    const texts = [...hostileTexts, "a"];
    const scripts = texts.map((text) => filledIn(hostileCapture(library, text)));
    const checker = join(import.meta.dirname, "check_syntax.py");
    const { stdout, stderr } = spawnSync(program, [checker], {
      input: JSON.stringify(scripts),
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    expect(stderr).toBe("");
    const found = JSON.parse(stdout) as {
      settings: Readonly<Record<string, unknown>>[];
      others: string;
    }[];
    found.forEach(({ settings, others }, i) => {
      expect(settings.length).toBe(1);
      expect(settings[0]?.["model"]).toBe(texts[i]);
      expect(settings[0]?.["prompts"]).toBe(texts[i]);
      expect(settings[0]?.["conditions"]).toEqual([texts[i], `${texts[i]} too`]);
      expect(others).toBe(found.at(-1)?.others);
    });
  });
});

/** Writes a script by the command line, for all layers of the tiny model. */
async function write(
  library: CaptureLibrary,
  out: string,
  flags: Readonly<Record<string, string>>,
): Promise<string> {
  const chosen = {
    library,
    model,
    site: "residual",
    layers: "0-2",
    prompts: "prompts.json",
    conditions: "him,her",
    folder: out,
    ...flags,
  };
  const words = Object.entries(chosen).map(([name, value]) => `--${name}=${value}`);
  const script = join(folder, `${out.replace(/\W/g, "_")}_script.py`);
  const { code, errors } = await eigenlens("capture-script", ...words, "--out", script);
  expect(errors).toBe("");
  expect(code).toBe(0);
  return script;
}

async function capture(
  library: CaptureLibrary,
  out: string,
  flags: Readonly<Record<string, string>>,
): Promise<string> {
  const script = await write(library, out, flags);
  const { status, stderr } = python(folder, script);
  expect(status, stderr).toBe(0);
  return script;
}

function refusal(script: string): string {
  const { status, stderr } = python(folder, script);
  expect(status).toBe(1);
  const lines = stderr.trimEnd().split("\n");
  expect(lines.some((line) => line.startsWith("Traceback"))).toBe(false);
  return lines.at(-1) ?? "";
}

function reference(path: string, site: string, token: string, begin: string): Reference {
  const script = join(import.meta.dirname, "capture_reference.py");
  const words = [path, "prompts.json", site, "1", token, begin];
  return pythonObject(folder, script, ...words) as Reference;
}

async function filesIn(name: string): Promise<string[]> {
  const names = await readdir(join(folder, name));
  return names
    .filter((each) => each.endsWith(".safetensors"))
    .sort()
    .map((each) => join(folder, name, each));
}

async function rowsOf(path: string): Promise<{ rows: number[][]; elementType: string }> {
  const file = await openActivationFile(path, nodeFileSystem);
  const [{ name, shape, elementType }] = file.tensors;
  const [rows = 0, columns = 0] = shape;
  const values = new Float64Array(rows * columns);
  await file.readRows(name, 0, rows, values);
  await file.close();
  const row = (_: unknown, i: number) => [...values.subarray(i * columns, (i + 1) * columns)];
  return { rows: Array.from({ length: rows }, row), elementType };
}

async function metadataOf(path: string): Promise<unknown> {
  const bytes = await readFile(path);
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString("utf8", 8, 8 + length)) as Record<string, unknown>;
  return header["__metadata__"];
}

/** Equal but for so many digits of the largest. */
function expectNear(
  found: readonly (readonly number[])[],
  wanted: readonly (readonly number[])[],
  digits: number,
): void {
  const largest = Math.max(...wanted.flat().map(Math.abs));
  expect(found.map((row) => row.length)).toEqual(wanted.map((row) => row.length));
  const worst = Math.max(
    ...found.flatMap((row, i) => row.map((value, j) => Math.abs(value - (wanted[i]?.[j] ?? NaN)))),
  );
  expect(worst / largest).toBeLessThan(10 ** -digits);
}
