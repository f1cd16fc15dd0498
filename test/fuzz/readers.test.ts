import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exercise } from "./exercise.ts";
import { memoryFileSystem } from "./memoryFileSystem.ts";
import { mutate, randomFrom } from "./mutate.ts";

/** `EIGENLENS_FUZZ_SECONDS` and `EIGENLENS_FUZZ_SEED` make it longer or another one. */
const seconds = Number(process.env["EIGENLENS_FUZZ_SECONDS"] ?? 2);
const seed = Number(process.env["EIGENLENS_FUZZ_SEED"] ?? 1);

const data = join(__dirname, "../formats/data");
const output = join(__dirname, "output");
const longest = 5;

/** Readers by the extensions of their files. */
const readers: Readonly<Record<string, RegExp>> = {
  npy: /\.npy$/,
  npz: /\.npz$/,
  safetensors: /\.safetensors$/,
  torch: /\.(pt|pkl)$/,
  delimited: /\.(csv|tsv)$/,
  json: /(array|dict|rows)\.jsonl?$/,
  parquet: /\.parquet$/,
  arrow: /\.(arrow|feather)$/,
  hdf5: /(\.h5|v73.*\.mat)$/,
  matlab: /v[45].*\.mat$/,
  raw: /\.bin$/,
};

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

async function fuzz(
  label: string,
  originals: readonly (readonly [string, Uint8Array])[],
  all: ReadonlyMap<string, Uint8Array>,
) {
  const until = performance.now() + 1000 * seconds;
  let iterations = 0;
  let read = 0;
  while (performance.now() < until) {
    const random = randomFrom(seed * 1_000_003 + iterations);
    const [path, bytes] = originals[Math.floor(random() * originals.length)] ?? [
      "",
      new Uint8Array(),
    ];
    const mutated = mutate(bytes, random);
    const files = new Map([...all, [path, mutated]]);
    const folder = /^.*?\.zarr/.exec(path)?.[0];
    const started = process.cpuUsage();
    try {
      if ((await exercise(folder ?? path, memoryFileSystem(files))) === "read") read++;
    } catch (error) {
      mkdirSync(output, { recursive: true });
      const kept = join(output, `${label}-${seed}-${iterations}-${path.replaceAll("/", "+")}`);
      writeFileSync(kept, mutated);
      throw new Error(`seed ${seed}, iteration ${iterations} of ${path}, kept as ${kept}`, {
        cause: error,
      });
    }
    const { user, system } = process.cpuUsage(started);
    const took = (user + system) / 1e6;
    expect(
      took,
      `seed ${seed}, iteration ${iterations} of ${path} took ${took} s of processor time`,
    ).toBeLessThan(longest);
    iterations++;
  }
  // Both must occur, or the mutations are too mild or too fierce to say anything.
  expect(iterations).toBeGreaterThan(5);
  expect(read).toBeLessThan(iterations);
  console.log(`${label}: ${iterations} mutated files, ${read} still readable, seed ${seed}`);
}

describe("mutated files are read or refused in one line, never more", () => {
  const timeout = 1000 * seconds + 120_000;
  const all = new Map(
    filesBelow(data).map((path) => [
      path.slice(data.length + 1),
      new Uint8Array(readFileSync(path)),
    ]),
  );
  for (const [label, pattern] of Object.entries(readers)) {
    it(label, { timeout }, async () => {
      const originals = [...all].filter(([path]) => pattern.test(path) && !path.includes(".zarr/"));
      expect(originals.length).toBeGreaterThan(0);
      await fuzz(label, originals, label === "raw" ? all : new Map());
    });
  }
  it("zarr", { timeout }, async () => {
    const originals = [...all].filter(([path]) => path.includes(".zarr/"));
    await fuzz("zarr", originals, new Map(originals));
  });

  it("made no file", () => {
    expect(existsSync("pwned") || existsSync(join(data, "pwned"))).toBe(false);
  });
});
