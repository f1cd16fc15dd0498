import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exercise } from "./exercise.ts";
import { memoryFileSystem } from "./memoryFileSystem.ts";
import { mutate, randomFrom } from "./mutate.ts";

/**
 * `EIGENLENS_FUZZ_SECONDS`, of processor time for each format, and `EIGENLENS_FUZZ_SEED` make it longer or another
 * one.
 */
const seconds = Number(process.env["EIGENLENS_FUZZ_SECONDS"] ?? 2);
const seed = Number(process.env["EIGENLENS_FUZZ_SEED"] ?? 1);

const data = join(__dirname, "../formats/data");
const output = join(__dirname, "output");
/** Seconds of processor time that one file may take. */
const longest = 5;
/** Mutated files however slow the machine is. */
const fewest = 6;

/** Seconds of processor time that this process has used. */
function used(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

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
  const until = used() + seconds;
  let iterations = 0;
  let read = 0;
  while (iterations < fewest || used() < until) {
    const random = randomFrom(seed * 1_000_003 + iterations);
    const [path, bytes] = originals[Math.floor(random() * originals.length)] ?? [
      "",
      new Uint8Array(),
    ];
    const mutated = mutate(bytes, random);
    const files = new Map([...all, [path, mutated]]);
    const folder = /^.*?\.zarr/.exec(path)?.[0];
    const before = used();
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
    const took = used() - before;
    expect(took, `seed ${seed}, iteration ${iterations} of ${path} took ${took} s`).toBeLessThan(
      longest,
    );
    iterations++;
  }
  // Or the mutations are too mild to say anything.
  expect(read).toBeLessThan(iterations);
  console.log(`${label}: ${iterations} mutated files, ${read} still readable, seed ${seed}`);
}

describe("mutated files are read or refused in one line, never more", () => {
  // Processor time passes more slowly than time where other programs want the processor.
  const timeout = 10_000 * seconds + 120_000;
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
