import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openMoments, type MomentsFile } from "../../src/moments/openMoments.ts";
import { eigenlens } from "../support/commandLine.ts";
import { at, Cluster, end, files, python, runPython, startScript } from "./cluster.ts";

const store = [`him=${at("him.zarr")}`, `her=${at("her.zarr")}`];
const small = [`him=${at("small/him.npy")}`, `her=${at("small/her.npy")}`];
const document = (name: string) => at(`${name}.moments.safetensors`);
const onDask = (out: string, sources: readonly string[], ...flags: readonly string[]) =>
  eigenlens("moments", ...sources, "--out", document(out), "--python", python, ...flags);

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.start(2);
  const local = await eigenlens(
    ...["moments", ...store, "--fold-rule", "hash", "--out", document("local")],
  );
  expect(local.code, local.errors).toBe(0);
});
afterAll(() => cluster.stop());

/** Every count, mean and scatter, in all, per fold and per group, relative to what the neurons vary. */
async function expectSame(found: string, expected: string): Promise<void> {
  const files = await Promise.all(
    [found, expected].map((name) => openMoments(document(name), nodeFileSystem)),
  );
  const [a, b] = files;
  if (a === undefined || b === undefined) throw new Error("There are two documents.");
  expect(a.conditions).toEqual(b.conditions);
  expect(a.metadata).toEqual(b.metadata);
  const { folds = 0, groups } = b.metadata.assignment ?? {};
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
  for (const condition of b.conditions) {
    const readers = [
      ...[undefined, ...numbers(folds)].map((fold) => (x: MomentsFile) => x.read(condition, fold)),
      ...numbers(groups?.count ?? 0).map(
        (group) => (x: MomentsFile) => x.readGroup(condition, group),
      ),
    ];
    for (const read of readers) {
      const [own, other] = [await read(a), await read(b)];
      expect(own.rows).toBe(other.rows);
      const n = b.columns;
      const root = other.mean.map((_mean, j) => Math.sqrt(other.scatter.values[j * (n + 1)]));
      let worst = 0;
      for (let i = 0; i < n; i += 1) {
        worst = Math.max(worst, Math.abs(own.mean[i] - other.mean[i]));
        for (let j = 0; j < n; j += 1) {
          const error = own.scatter.values[i * n + j] - other.scatter.values[i * n + j];
          worst = Math.max(worst, Math.abs(error) / (root[i] * root[j]));
        }
      }
      expect(worst).toBeLessThan(1e-12);
    }
  }
  for (const file of files) await file.close();
}

/** What a document holds of single rows, as bytes by the tensors' names, and what it says of them. */
async function reservoirOf(name: string) {
  const bytes = await readFile(document(name));
  const start = 8 + Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString("utf8", 8, start)) as {
    readonly __metadata__: Readonly<Record<string, string>>;
  } & Readonly<Record<string, { readonly data_offsets: readonly [number, number] }>>;
  const { __metadata__: metadata, ...tensors } = header;
  const kept = Object.entries(tensors).filter(([tensor]) => tensor.includes(".reservoir."));
  return {
    said: Object.entries(metadata).filter(([key]) => key.includes("reservoir")),
    tensors: Object.fromEntries(
      kept.map(([tensor, { data_offsets: offsets }]) => {
        const part = bytes.subarray(start + offsets[0], start + offsets[1]);
        return [tensor, part.toString("base64")];
      }),
    ),
  };
}

async function eigenvalues(target: string, reference: string): Promise<readonly number[]> {
  const { output, errors } = await eigenlens("run", target, reference, "--json");
  expect(errors).not.toContain("rror");
  const read = JSON.parse(output) as { separation: { eigenvalues: readonly number[] } };
  return read.separation.eigenvalues;
}

async function validated(name: string) {
  const sides = ["him", "her"].map((condition) => `${document(name)}#${condition}`);
  const { code, output, errors } = await eigenlens(
    ...["run", ...sides, "--validate", "--permutations", "20", "--json"],
  );
  expect(code, errors).toBe(0);
  const read = JSON.parse(output) as {
    separation: { eigenvalues: readonly number[] };
    warnings: readonly string[];
    validation: {
      heldOut: { ratio: number };
      permutation?: { heldOut: { p: number } };
    };
  };
  const { separation, validation, warnings } = read;
  return {
    eigenvalues: separation.eigenvalues,
    heldOut: validation.heldOut.ratio,
    p: validation.permutation?.heldOut.p,
    warnings,
  };
}

describe("moments on a cluster of a scheduler and two workers", () => {
  it("are those of one process, and so are the eigenvalues", async () => {
    const { code, output, errors } = await onDask("store", store, "--scheduler", cluster.address);
    expect(code, errors).toBe(0);
    expect(output).toContain("5 folds (by hash of rows, seed 1)");
    await expectSame("store", "local");
    const found = await eigenvalues(`${document("store")}#him`, `${document("store")}#her`);
    const expected = await eigenvalues(at("him.npy"), at("her.npy"));
    expect(found).toHaveLength(expected.length);
    found.forEach((value, i) => expect(value / (expected[i] ?? NaN)).toBeCloseTo(1, 9));
    // A gigabyte, with all that Python and Dask themselves take.
    for (const peak of cluster.peaks() ?? []) expect(peak).toBeLessThan(1e9);
    expect(existsSync(`${document("store")}.parts`)).toBe(false);
  });

  it("change by nothing if a worker is killed in the middle", async () => {
    const doomed = await Cluster.start(2);
    try {
      const out = `--out=${document("killed")}`;
      const { child, lines } = startScript(out, `--scheduler=${doomed.address}`, ...store);
      const ended = once(child, "exit");
      await once(lines, "line");
      const [victim] = doomed.workers;
      if (victim === undefined) throw new Error("There are two workers.");
      await end(victim);
      expect((await ended)[0]).toBe(0);
    } finally {
      await doomed.stop();
    }
    await expectSame("killed", "local");
  });

  it("go on where a job stopped", async () => {
    const words = [`--out=${document("resumed")}`, `--scheduler=${cluster.address}`, ...store];
    const first = startScript(...words);
    await once(first.lines, "line");
    await end(first.child);
    expect(existsSync(document("resumed"))).toBe(false);
    const second = startScript(...words);
    const [line] = (await once(second.lines, "line")) as [string];
    expect(line).toMatch(/"done": [1-9]\d*, .*are left by an earlier start/);
    second.lines.resume();
    if (second.child.exitCode === null) await once(second.child, "exit");
    await expectSame("resumed", "local");
    expect(readdirSync(files).filter((name) => name.startsWith("resumed"))).toEqual([
      "resumed.moments.safetensors",
    ]);
  });

  it.each(["npy", "safetensors", "parquet"])("read folders of %s", async (kind) => {
    const rows = ["him", "her"].map((name) => `${name}=${at(`small/${name}.npy`)}`);
    const parts = ["him", "her"].map((name) => `${name}=${at(`${kind}_${name}`)}`);
    const flags = ["--folds", "0", "--scheduler", cluster.address];
    const { code, errors } = await onDask(kind, parts, ...flags);
    expect(code, errors).toBe(0);
    const made = await eigenlens("moments", ...rows, "--folds", "0", "--out", document("rows"));
    expect(made.code, made.errors).toBe(0);
    const [a, b] = await Promise.all(
      [kind, "rows"].map((name) => openMoments(document(name), nodeFileSystem)),
    );
    const [found, wanted] = [await a?.read("him"), await b?.read("him")];
    found?.scatter.values.forEach((value, i) => {
      expect(Math.abs(value - (wanted?.scatter.values[i] ?? NaN))).toBeLessThan(1e-9);
    });
    expect(found?.rows).toBe(400);
    expect(a?.metadata.provenance).toEqual(
      kind === "safetensors" ? { model: "m", layer: "3" } : {},
    );
    await Promise.all([a?.close(), b?.close()]);
  });

  it.each(["hash", "design"])("have the folds of the command line by %s", async (rule) => {
    const flags = ["--fold-rule", rule, "--folds", "4", "--seed", "7"];
    await onDask("theirs", small, ...flags, "--scheduler", cluster.address);
    const { code, output } = await eigenlens(
      ...["moments", ...small, ...flags, "--out", document("ours")],
    );
    expect(code).toBe(0);
    expect(output).toContain(`4 folds (by ${rule} of clusters, seed 7)`);
    await expectSame("theirs", "ours");
  });

  it.each(["small", "store"])("have the groups of the command line, %s", async (which) => {
    const sources = which === "small" ? small : store;
    const flags = ["--groups", "8", "--folds", "4", "--seed", "3"];
    const made = await onDask("theirs", sources, ...flags, "--scheduler", cluster.address);
    expect(made.code, made.errors).toBe(0);
    const { code, errors } = await eigenlens(
      ...["moments", ...sources, ...flags, "--out", document("ours")],
    );
    expect(code, errors).toBe(0);
    await expectSame("theirs", "ours");
    expect((await validated("theirs")).p).toBeCloseTo(1 / 21, 12);
  });

  it.each([
    ["0", "0", ""],
    ["4", "0", ""],
    ["4", "8", "job 3"],
  ])("keep the rows that one process keeps, %s folds, %s groups", async (folds, groups, part) => {
    const npy = ["him", "her"].map((name) => `${name}=${at(`${name}.npy`)}`);
    await runPython(
      "test/cluster/one_process.py",
      document("one"),
      folds,
      groups,
      "3",
      "50",
      part,
      ...npy,
    );
    const flags = [
      `--folds=${folds}`,
      `--groups=${groups}`,
      "--seed=3",
      "--reservoir=50",
      `--part=${part}`,
    ];
    const words = [`--out=${document("kept")}`, `--scheduler=${cluster.address}`, ...flags];
    const { child, lines } = startScript(...words, ...store);
    lines.resume();
    expect((await once(child, "exit"))[0]).toBe(0);
    const [found, expected] = [await reservoirOf("kept"), await reservoirOf("one")];
    expect(found).toEqual(expected);
    expect(Object.keys(found.tensors)).toHaveLength(folds === "0" ? 4 : 6);
  });

  it("in directions that hold all variance give the run of all neurons", async () => {
    const low = ["him", "her"].map((name) => `${name}=${at(`low/${name}.npy`)}`);
    const flags = ["--groups", "8", "--folds", "4", "--scheduler", cluster.address];
    const made = await onDask("low_range", low, "--range", "40", ...flags);
    expect(made.code, made.errors).toBe(0);
    // As many as the rank.
    expect(made.output).toContain(
      "300 neurons in 20 random-projection dimensions that hold 100 % of the variance, 4 folds",
    );
    expect((await onDask("low", low, ...flags)).code).toBe(0);
    const [found, expected] = [await validated("low_range"), await validated("low")];
    expect(found.eigenvalues).toHaveLength(expected.eigenvalues.length);
    found.eigenvalues.forEach((value, i) => {
      expect(value / (expected.eigenvalues[i] ?? NaN)).toBeCloseTo(1, 9);
    });
    expect(found.heldOut / expected.heldOut).toBeCloseTo(1, 7);
    expect(found.p).toBe(expected.p);
  });

  it("in directions that hold less say exactly how much, after a stop as well", async () => {
    const words = [`--out=${document("range")}`, `--scheduler=${cluster.address}`, "--range=60"];
    const first = startScript(...words, ...store);
    for await (const line of first.lines) if (line.includes("are summed")) break;
    await end(first.child);
    expect(existsSync(document("range"))).toBe(false);
    const second = startScript(...words, ...store);
    const said: string[] = [];
    for await (const line of second.lines) said.push(line);
    expect(said[0]).toMatch(/are left by an earlier start/);
    const [range, whole] = await Promise.all(
      ["range", "local"].map((name) => openMoments(document(name), nodeFileSystem)),
    );
    const basis = await range?.basis?.read();
    if (range === undefined || whole === undefined || basis === undefined)
      throw new Error("There are two documents, one in directions.");
    expect([basis.rows, range.dimensions, range.columns]).toEqual([60, 60, whole.columns]);
    let [inside, total] = [0, 0];
    for (const condition of whole.conditions) {
      const { rows, scatter, mean } = await whole.read(condition);
      const own = await range.read(condition);
      const neurons = await range.basis?.neurons(condition);
      const n = whole.columns;
      for (let c = 0; c < basis.rows; c += 1) {
        const direction = basis.values.subarray(c * n, (c + 1) * n);
        let variance = 0;
        for (let i = 0; i < n; i += 1) {
          for (let j = 0; j < n; j += 1) {
            variance += (direction[i] ?? NaN) * scatter.values[i * n + j] * (direction[j] ?? NaN);
          }
        }
        expect(own.scatter.values[c * (basis.rows + 1)] / variance).toBeCloseTo(1, 9);
        inside += variance / (rows - 1);
      }
      mean.forEach((value, j) => {
        total += scatter.values[j * (n + 1)] / (rows - 1);
        expect((neurons?.squares[j] ?? NaN) / scatter.values[j * (n + 1)]).toBeCloseTo(1, 9);
        expect(neurons?.mean[j]).toBeCloseTo(value, 9);
      });
    }
    await Promise.all([range.close(), whole.close()]);
    const { warnings } = await validated("range");
    const percent = (Math.floor((1e4 * inside) / total) / 100).toString();
    expect(warnings.join("\n")).toContain(
      `in 60 random-projection dimensions that hold ${percent} % of the variance`,
    );
  });

  it("need no cluster that is started beforehand, and no shell reads a name", async () => {
    const hostile = [`-x=${at(`a $(touch hacked) 'b' "c" #d;.npy`)}`, small[1] ?? ""];
    const { code, output, errors } = await eigenlens(
      ...["moments", "--out", document("hostile"), "--python", python, "--workers", "2"],
      ...["--worker-memory", "1GB", "--", ...hostile],
    );
    expect(code, errors).toBe(0);
    expect(output).toContain("rows of -x 100, her 400");
    expect(existsSync("hacked")).toBe(false);
  });
});

describe("a cluster refuses in one line", () => {
  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["a value that is no number", ["nan"], /nan\/part1\.npy: row 17, column 3 is nan/],
    ["a part of another width", ["wide"], /wide\/part1\.npy has 17 columns, .*part0\.npy has 16/],
    ["a condition without rows", ["empty"], /empty has no rows of her/],
    ["parts of different models", ["origins"], /has model gemma, .*part1\.safetensors has llama/],
    ["a part that is cut off", ["damaged"], /damaged\/part1\.safetensors is damaged/],
    ["a part that is missing", ["missing"], /1 of 2 parts|part 2 of 2|part-00002/],
    ["another width than the other condition", ["her.npy"], /has \d+ columns, .* has/],
    ["a file that is not there", ["absent.npy"], /absent\.npy/],
    ["whole numbers", ["whole_numbers.npy"], /holds int64: a cluster reads float16/],
    ["rows of a tensor", ["small/her.npy[rows=0:9]"], /leave the selection in brackets out/],
  ];

  it.each(wrong)("%s", async (_what, [source = ""], line) => {
    const sources = [small[0] ?? "", `her=${at(source)}`];
    const { code, output, errors } = await onDask("out", sources, "--scheduler", cluster.address);
    expect([code, output]).toEqual([1, ""]);
    const [last] = errors.trimEnd().split("\n").slice(-1);
    expect(last).toMatch(line);
    expect(errors).not.toContain("Traceback");
    expect(existsSync(document("out"))).toBe(false);
    await rm(`${document("out")}.parts`, { recursive: true, force: true });
  });

  it("a scheduler that does not answer, a missing Python and one without Dask", async () => {
    const words = ["moments", ...small, "--out", document("out")];
    const nobody = ["--scheduler", "tcp://127.0.0.1:9", "--python", python];
    const refusals: readonly (readonly [readonly string[], RegExp])[] = [
      [nobody, /^No Dask scheduler answers at tcp:\/\/127\.0\.0\.1:9/],
      [["--scheduler", "nonsense://x", "--python", python], /^No Dask scheduler answers/],
      [["--dask", "--python", at("no-python")], /^Python is not found as .*no-python/],
      [["--workers", "2", "--scheduler", "tcp://h:1"], /^Workers of a running cluster are its own/],
      [["--dask", "--groups", "7"], /^7 groups of clusters in 5 folds: choose --fold-rule hash/],
      [["--range", "500"], /^Directions are found on a Dask cluster: add --dask/],
      [
        ["--dask", "--range", "500", "--python", python],
        /^A range of 500 directions for 16 neurons/,
      ],
      [["--dask", "--groups", "6", "--folds", "0"], /^6 groups of clusters in 0 folds/],
    ];
    for (const [flags, line] of refusals) {
      const { code, errors } = await eigenlens(...words, ...flags);
      expect(code).toBe(1);
      expect(errors).toMatch(line);
      expect(errors).toMatch(/^[^\n]+\n$/);
    }
  });
});
