import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exercise } from "./exercise.ts";
import { fuzz, seconds } from "./fuzz.ts";
import { memoryFileSystem } from "./memoryFileSystem.ts";
import { mutate } from "./mutate.ts";

const data = join(__dirname, "../formats/data");

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

/** Reads one file, those beside it being sound. */
function attempt(all: ReadonlyMap<string, Uint8Array>) {
  return (path: string, injured: Uint8Array) => {
    const folder = /^.*?\.zarr/.exec(path)?.[0];
    return exercise(folder ?? path, memoryFileSystem(new Map([...all, [path, injured]])));
  };
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
      await fuzz(label, originals, mutate, attempt(label === "raw" ? all : new Map()));
    });
  }
  it("zarr", { timeout }, async () => {
    const originals = [...all].filter(([path]) => path.includes(".zarr/"));
    await fuzz("zarr", originals, mutate, attempt(new Map(originals)));
  });

  it("made no file", () => {
    expect(existsSync("pwned") || existsSync(join(data, "pwned"))).toBe(false);
  });
});
