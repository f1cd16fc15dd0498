import { copyFile, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Cancellation } from "../../src/cancellation.ts";
import { reproduceScript } from "../../src/exports/python/reproduceScript.ts";
import type { GedOptions } from "../../src/ged/method/options.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";
import { engine, python, pythonObject, runOf } from "./support.ts";

const files = process.env["EIGENLENS_PEER_SOURCES"] ?? "";
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
});
afterAll(async () => {
  await engine.dispose();
  await rm(folder, { recursive: true });
});

interface Printed {
  readonly components: number;
  readonly eigenvalues: readonly number[];
  readonly swappedEigenvalues: readonly number[];
  readonly targetVariance: number;
  readonly referenceVariance: number;
}

const runs: readonly [string, string, Partial<GedOptions>][] = [
  ["few_him.npy", "few_her.npy", { route: "gram" }],
  ["few_him.npy", "few_her.npy", { keep: { count: 12 }, shrinkage: 0.2 }],
  ["few_him.npy[rows=0::3]", "few_her.npy[rows=-12:]", { keep: { share: 0.8 } }],
  ["many_him.npy", "many_her.npy", { route: "covariance" }],
  ["big_him.npy", "big_her.npy", { route: "krylov", keep: { share: 0.9 } }],
  ["labelled.npz#X[labels=him]", "labelled.npz#X[labels=her]", {}],
  ["labelled.npz#X[labels=him,rows=3:20]", "labelled.npz#X[labels=her,rows=::2]", {}],
  [
    "tokens.h5#layer5/tokens[rows=:20,token=last]",
    "tokens.h5#layer5/tokens[rows=20:,token=last]",
    {},
  ],
  [
    "tokens.h5#layer5/tokens[rows=:20,token=mean]",
    "tokens.h5#layer5/tokens[rows=20:,token=mean]",
    {},
  ],
  ["tokens.h5#layer5/tokens[rows=:20,token=1]", "tokens.h5#layer5/tokens[rows=20:,token=1]", {}],
  ["both.safetensors#him", "both.safetensors#her", {}],
  ["both.zarr#him", "both.zarr#her", {}],
  ["lists.parquet#h[condition=a]", "lists.parquet#h[condition=b]", {}],
];

/** Of each a condition is a selection: folders as tools write them, masks and ragged rows, and axes that the user names. */
const wayin: readonly [string, string, string][] = [
  ["hub#activations", "label=him,token=last", "label=her,token=-2"],
  ["hub#activations", "label=him,token=mean", "label=her,token=mean"],
  ["vllm#hidden_states", "layer=2,token=last,rows=0::2", "layer=1,token=mean,rows=1::2"],
  ["saelens#blocks.6.hook_resid_post", "token=last,rows=0::2", "token=last,rows=1::2"],
  ["caches#blocks.6.hook_resid_post", "token=last,rows=0::2", "token=mean,rows=1::2"],
  ["caches/*.npz#blocks.7.hook_resid_post", "token=-2,rows=0::2", "token=0,rows=1::2"],
  ["shards#acts", "rows=0::2", "rows=1::2"],
  ["four.npy", "axes=row:layer:token:neuron,layer=1,token=last,rows=0:4", ""],
  ["four.npy", "axes=row:token:head:neuron,head=all,token=1,rows=0:4", ""],
  ["four.npy", "axes=row:token:head:neuron,head=2,token=mean,rows=0:4", ""],
].map(([source = "", target = "", reference = ""]) => [
  source,
  target,
  reference === "" ? target.replace("rows=0:4", "rows=4:9") : reference,
]);

describe("a script that makes a run again", () => {
  it.each(wayin)("%s[%s] over [%s]", async (source, target, reference) => {
    const path = join(process.cwd(), "test/formats/data/wayin", source);
    const { summary, printed } = await reproduce(`${path}[${target}]`, `${path}[${reference}]`, {});
    expect(printed.components).toBe(summary.compression.components);
    expectEqual(printed.eigenvalues, summary.directions.forward.eigenvalues);
    expectEqual(printed.swappedEigenvalues, summary.directions.swapped.eigenvalues);
  });

  it.each(runs)("%s over %s, %j", async (target, reference, options) => {
    const { summary, printed } = await reproduce(
      join(files, target),
      join(files, reference),
      options,
    );
    expect(printed.components).toBe(summary.compression.components);
    expectEqual(printed.eigenvalues, summary.directions.forward.eigenvalues);
    expectEqual(printed.swappedEigenvalues, summary.directions.swapped.eigenvalues);
    expectEqual([printed.targetVariance], summary.directions.forward.carriedVariance.slice(0, 1));
    expectEqual(
      [printed.referenceVariance],
      summary.directions.forward.silencedVariance.slice(0, 1),
    );
  });

  it.each([{}, { keep: { count: 5 }, shrinkage: 0.3 }] as const)(
    "needs NumPy alone for moments, %j",
    async (options) => {
      const path = join(folder, "x.moments.safetensors");
      const conditions = ["him", "her"].map((name) => ({
        name,
        source: { path: join(files, `many_${name}.npy`) },
      }));
      const call = { cancellation: new Cancellation(), report: () => undefined };
      await engine.moments.make({ conditions, folds: 5, seed: 1, out: path }, call);
      const document = await runOf(`${path}#him`, `${path}#her`, options);
      const script = await written(document);
      expect(await readFile(script, "utf8")).not.toContain("scipy");
      const printed = pythonObject(folder, script) as Printed;
      const { forward, swapped } = document.summary.directions;
      expect(printed.components).toBe(document.summary.compression.components);
      expectEqual(printed.eigenvalues, forward.eigenvalues);
      expectEqual(printed.swappedEigenvalues, swapped.eigenvalues);
      expectEqual([printed.targetVariance], forward.carriedVariance.slice(0, 1));
      expectEqual([printed.referenceVariance], forward.silencedVariance.slice(0, 1));
    },
  );

  it("takes a hostile file name for a name", async () => {
    const name = 'a"""\'\\n", __import__("os").system("touch pwned") #\u202e𝄞\n.npy';
    await copyFile(join(files, "few_him.npy"), join(folder, name));
    const { printed } = await reproduce(join(folder, name), join(files, "few_her.npy"), {});
    expect(printed.components).toBeGreaterThan(0);
    expect(await readdir(folder)).not.toContain("pwned");
  });

  it("says in one line that a source is not the one of the run", async () => {
    const path = join(folder, "changed.npy");
    await copyFile(join(files, "few_him.npy"), path);
    const script = await written(await runOf(path, join(files, "few_her.npy")));
    await copyFile(join(files, "few_her.npy"), path);
    const { status, stderr } = python(folder, script);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: .* has changed since the run[^\n]*\n$/);
  });
});

async function reproduce(target: string, reference: string, options: Partial<GedOptions>) {
  const document = await runOf(target, reference, options);
  const printed = pythonObject(folder, await written(document)) as Printed;
  return { summary: document.summary, printed };
}

/** The path of the script. */
async function written(document: RunDocument): Promise<string> {
  const path = join(folder, "script.py");
  await writeFile(path, reproduceScript(document, await engine.fileRows(document)));
  return path;
}

function expectEqual(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  const largest = Math.max(...wanted.map(Math.abs));
  const difference = Math.max(...found.map((value, i) => Math.abs(value - wanted[i])));
  expect(difference / largest).toBeLessThan(1e-8);
}
