import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Cancellation } from "../../../../src/cancellation.ts";
import type { ConditionSource } from "../../../../src/conditions/condition.ts";
import { Engine } from "../../../../src/engine/engine.ts";
import type { EngineCall } from "../../../../src/engine/engineCall.ts";
import { defaultGedOptions, type GedOptions } from "../../../../src/ged/method/options.ts";
import { defaultValidationOptions } from "../../../../src/ged/validation/options.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { countingFiles } from "../../../support/countingFiles.ts";
import { npyBytes } from "../../../support/fileBytes.ts";
import { randomRows } from "../../../support/random.ts";
import { text } from "../../activations/files.ts";

/** Fewer rows than neurons, read in two blocks. */
const [rows, columns] = [290, 3700];
/** More rows than neurons: the covariance route, which projects the rows after it has streamed them. */
const [longRows, fewColumns] = [5000, 24];
const validation = {
  ...defaultValidationOptions,
  folds: 2,
  repeats: 1,
  permutations: 0,
  extended: false,
};
const later = new Date("2040-01-01");

const folder = mkdtempSync(join(tmpdir(), "eigenlens-once-"));
const inFolder = (name: string) => join(folder, name);
const drawn = [1, 2].map((seed) =>
  Float32Array.from(randomRows(rows, columns, seed, (j) => 0.98 ** j).flat()),
);
const drawnLong = [3, 4].map((seed) =>
  Float64Array.from(randomRows(longRows, fewColumns, seed, (j) => 0.9 ** j).flat()),
);

function bytesOf(values: Float32Array | Float64Array | Uint16Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** The upper half of a float32 is a bfloat16. */
function bfloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(new Uint32Array(values.buffer), (bits) => bits >>> 16);
}

function safetensors(type: string, parts: Readonly<Record<string, Uint8Array>>): Uint8Array {
  let end = 0;
  const header = Object.fromEntries(
    Object.entries(parts).map(([name, { byteLength }]) => {
      const start = end;
      end += byteLength;
      return [name, { dtype: type, shape: [rows, columns], data_offsets: [start, end] }];
    }),
  );
  const head = text(JSON.stringify(header));
  const bytes = new Uint8Array(8 + head.length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(head.length), true);
  bytes.set(head, 8);
  let at = 8 + head.length;
  for (const part of Object.values(parts)) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

const call = (): EngineCall => ({ cancellation: new Cancellation(), report: () => undefined });
const npy = { target: { path: inFolder("him.npy") }, reference: { path: inFolder("her.npy") } };
const long = { target: { path: inFolder("him2.npy") }, reference: { path: inFolder("her2.npy") } };
const inOne = (name: string) => ({
  target: { path: inFolder(name), tensor: "him" },
  reference: { path: inFolder(name), tensor: "her" },
});
const parts = () => ({ him: bytesOf(drawn[0]), her: bytesOf(drawn[1]) });

beforeAll(() => {
  writeFileSync(npy.target.path, npyBytes([rows, columns], bytesOf(drawn[0]), "<f4"));
  writeFileSync(npy.reference.path, npyBytes([rows, columns], bytesOf(drawn[1]), "<f4"));
  const shape = [longRows, fewColumns];
  writeFileSync(long.target.path, npyBytes(shape, bytesOf(drawnLong[0]), "<f8"));
  writeFileSync(long.reference.path, npyBytes(shape, bytesOf(drawnLong[1]), "<f8"));
  writeFileSync(inFolder("both.safetensors"), safetensors("F32", parts()));
  const halves = { him: bytesOf(bfloat16(drawn[0])), her: bytesOf(bfloat16(drawn[1])) };
  writeFileSync(inFolder("half.safetensors"), safetensors("BF16", halves));
  const table = drawn.map((values) => {
    const line = (i: number) => [...values.subarray(i * columns, (i + 1) * columns)].join(",");
    return Array.from({ length: 60 }, (_, i) => line(i)).join("\n");
  });
  writeFileSync(inFolder("him.csv"), table[0]);
  writeFileSync(inFolder("her.csv"), table[1]);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a run, its validation and its transfer", () => {
  const files = countingFiles();
  let engine: Engine;
  beforeEach(() => {
    engine = new Engine(files.fileSystem);
    files.forget();
  });
  afterEach(() => engine.dispose());

  interface Sources {
    readonly target: ConditionSource;
    readonly reference: ConditionSource;
  }
  const paths = ({ target, reference }: Sources) => [...new Set([target.path, reference.path])];

  /** As the panel asks for it: by what the run's document says of its sources. */
  function validate({ sources, options }: RunDocument) {
    const { target, reference } = sources;
    const request = { target: target.condition, reference: reference.condition, options };
    return engine.validate({ ...request, validation }, call());
  }

  const options: GedOptions = { ...defaultGedOptions, keep: { share: 0.5 } };
  const single: GedOptions = { ...options, precision: "single" };
  it.each([
    { sources: npy, options },
    { sources: inOne("both.safetensors"), options },
    { sources: inOne("half.safetensors"), options },
    { sources: long, options },
    { sources: long, options: single },
  ])(
    "read each byte of $sources.target.path once ($options.precision precision)",
    async ({ sources, options }) => {
      const document = await engine.run({ ...sources, options }, call());
      const report = await validate(document);
      await engine.transferRun({ document, ...sources, permutations: 0, seed: 1 }, call());
      for (const path of paths(sources)) {
        expect(files.readTimes(path, 1), path).toBe(statSync(path).size);
        expect(files.openings(path), path).toBe(1);
        const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
        for (const record of [document.sources.target, document.sources.reference]) {
          if (record.path === path) expect(record.hash).toBe(`sha256:${digest}`);
        }
      }
      // The same figures as with every row read from the files.
      const fresh = new Engine(files.fileSystem);
      const { target, reference } = document.sources;
      const again = await fresh.validate(
        { target: target.condition, reference: reference.condition, options, validation },
        call(),
      );
      await fresh.dispose();
      expect({ ...report, seconds: 0 }).toEqual({ ...again, seconds: 0 });
    },
  );

  it("read each byte once without a document, too, as the command line does", async () => {
    await engine.summarize({ ...npy, options, again: true }, call());
    await engine.validate({ ...npy, options, validation }, call());
    for (const path of paths(npy)) expect(files.readTimes(path, 1)).toBe(statSync(path).size);
  });

  it("leave no rows in memory if nothing more is asked of them", async () => {
    await engine.summarize({ ...npy, options }, call());
    files.forget();
    await engine.validate({ ...npy, options, validation }, call());
    for (const path of paths(npy))
      expect(files.bytesOf(path)).toBeGreaterThanOrEqual(statSync(path).size);
  });

  it("read a table at most once more than its reader does", async () => {
    const sources = {
      target: { path: inFolder("him.csv") },
      reference: { path: inFolder("her.csv") },
    };
    for (const source of [sources.target, sources.reference])
      await engine.describe({ path: source.path, tensor: "" }, call());
    const described = new Map(paths(sources).map((path) => [path, files.bytesOf(path)]));
    files.forget();
    await validate(await engine.run({ ...sources, options }, call()));
    for (const path of paths(sources)) {
      const once = described.get(path) ?? 0;
      expect(files.bytesOf(path)).toBeGreaterThan(0);
      expect(files.bytesOf(path)).toBeLessThanOrEqual(once + statSync(path).size);
    }
  });

  it("read a changed file anew, and only that one", async () => {
    const document = await engine.run({ ...npy, options }, call());
    files.forget();
    utimesSync(npy.target.path, later, later);
    await validate(document);
    expect(files.bytesOf(npy.target.path)).toBe(statSync(npy.target.path).size);
    utimesSync(npy.target.path, new Date("2030-01-01"), new Date("2030-01-01"));
  });

  it("read everything anew where a file of sentences has appeared", async () => {
    const document = await engine.run({ ...npy, options }, call());
    files.forget();
    const sentences = inFolder("him.sentences.json");
    writeFileSync(sentences, JSON.stringify(Array.from({ length: rows }, (_, i) => `Row ${i}`)));
    await validate(document);
    rmSync(sentences);
    expect(files.bytesOf(npy.target.path)).toBe(statSync(npy.target.path).size);
  });

  it("of other rows read these, and keep nothing that a cancelled run has read in part", async () => {
    const stopped = call();
    const stopping = { ...stopped, report: () => stopped.cancellation.request() };
    await expect(engine.run({ ...npy, options }, stopping)).rejects.toMatchObject({
      code: "cancelled",
    });
    files.forget();
    const document = await engine.run({ ...npy, options }, call());
    expect(files.readTimes(npy.target.path, 1)).toBe(statSync(npy.target.path).size);
    await validate(document);
    const some = { path: npy.target.path, rows: { start: 0, stop: 200 } };
    await engine.run({ target: some, reference: npy.reference, options }, call());
    expect(files.readTimes(npy.reference.path, 1)).toBe(statSync(npy.reference.path).size);
    expect(files.bytesOf(npy.target.path)).toBeGreaterThan(statSync(npy.target.path).size);
  });

  it("tell the reader what they are doing, hashing too if it takes reading", async () => {
    const steps = async (sources: Sources) => {
      const seen = new Set<string>();
      const report = ({ step }: { readonly step: string }) => void seen.add(step);
      await engine.run({ ...sources, options }, { ...call(), report });
      return [...seen];
    };
    expect(await steps(npy)).not.toContain("Fingerprinting the files");
    const parted = { ...npy, target: { ...npy.target, rows: { start: 0, stop: 200 } } };
    const [fingerprint, mapping] = (await steps(parted)).slice(-2);
    expect([fingerprint, mapping]).toEqual([
      "Fingerprinting the files",
      "Mapping the components to neurons",
    ]);
  });
});

describe("a file that changes while it is read", () => {
  const options = defaultGedOptions;
  const touch = (path: string) => utimesSync(path, later, later);
  afterEach(() => utimesSync(npy.target.path, new Date("2030-01-01"), new Date("2030-01-01")));

  it("is noticed by a validation and by a transfer", async () => {
    const engine = new Engine(countingFiles().fileSystem);
    const document = await engine.run({ ...npy, options }, call());
    const fresh = new Engine(countingFiles().fileSystem);
    const touching = { ...call(), report: () => touch(npy.target.path) };
    const message = /him\.npy changed while it was read/;
    await expect(fresh.validate({ ...npy, options, validation }, touching)).rejects.toThrow(
      message,
    );
    utimesSync(npy.target.path, new Date("2030-01-01"), new Date("2030-01-01"));
    const request = { document, ...npy, permutations: 0, seed: 1 };
    await expect(fresh.transferRun(request, touching)).rejects.toThrow(message);
    await engine.dispose();
    await fresh.dispose();
  });
});
