import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../editor/paths.mjs";
import { npyBytes } from "../../support/fileBytes.ts";
import { writeNpy } from "./writeNpy.ts";

const samples = join(root, "test/formats/data/wayin");

/** Folders of {@link writeCaptures} of which there is one for each condition, by what comes before `_him` and `_her`. */
export const captureKinds = ["saelens", "vllm", "prompts", "shards", "easysteer"] as const;

/**
 * Writes folders as capture tools do: `hub`, in which rows are labelled, and for each of {@link captureKinds} one for
 * `him` and one for `her`; `four_him.npy` of four axes, and `words_him.npy` of 16-bit integers, with their
 * counterparts; and `loose`, whose files nothing says belong together.
 */
export function writeCaptures(folder: string, random: () => number): void {
  const at = (name: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    return join(folder, name);
  };
  cpSync(join(samples, "hub"), at("hub"), { recursive: true });
  writeDatasets(at("saelens_him"), [0, 2]);
  writeDatasets(at("saelens_her"), [1]);
  share("vllm", at("vllm_him"), at("vllm_her"));
  share("caches", at("prompts_him"), at("prompts_her"));
  for (const condition of ["him", "her"]) {
    const shards = at(`shards_${condition}`);
    for (const part of [1, 2, 3]) {
      writeNpy(join(shards, `acts-0000${part}-of-00003.npy`), numbers(12 * 32, random), 12);
    }
    const capture = at(`easysteer_${condition}`);
    cpSync(join(samples, "easysteer"), capture, { recursive: true });
    if (condition === "her")
      for (const layer of [3, 6]) disturb(join(capture, `layer-${layer}.npy`), random);
    const four = join(folder, `four_${condition}.npy`);
    cpSync(join(samples, "four.npy"), four);
    if (condition === "her") disturb(four, random);
    const words = Int16Array.from({ length: 20 * 16 }, () => bfloat16Bits(random() - 0.5));
    const bytes = new Uint8Array(words.buffer);
    writeFileSync(join(folder, `words_${condition}.npy`), npyBytes([20, 16], bytes, "<i2"));
  }
  for (const name of ["alpha_10.npy", "alpha_9.npy", "beta.npy"]) {
    writeNpy(join(at("loose"), name), numbers(4 * 3, random), 4);
  }
}

/** Twice `count` small files that nothing says belong together, `a_0.npy` and `b_0.npy` to those of `count - 1`. */
export function writeManyFiles(folder: string, count: number): void {
  const bytes = npyBytes([2, 3], new Uint8Array(new Float32Array(6).buffer), "<f4");
  for (const letter of ["a", "b"]) {
    for (let at = 0; at < count; at++) writeFileSync(join(folder, `${letter}_${at}.npy`), bytes);
  }
}

/** A data set of some of the sample's shards. */
function writeDatasets(folder: string, shards: readonly number[]): void {
  const from = join(samples, "saelens");
  const files = shards.map((shard) => `data-0000${shard}-of-00003.arrow`);
  for (const name of [...files, "dataset_info.json"]) cpSync(join(from, name), join(folder, name));
  const state = JSON.parse(readFileSync(join(from, "state.json"), "utf8")) as object;
  const listed = { ...state, _data_files: files.map((filename) => ({ filename })) };
  writeFileSync(join(folder, "state.json"), JSON.stringify(listed));
}

/** Every other file of a sample for each of two folders. */
function share(sample: string, ...folders: readonly [string, string]): void {
  for (const [at, name] of readdirSync(join(samples, sample)).entries()) {
    const number = Number(/\d+/.exec(name)?.[0] ?? at);
    cpSync(join(samples, sample, name), join(folders[number % 2] ?? "", name));
  }
}

function numbers(length: number, random: () => number): Float32Array {
  return Float32Array.from({ length }, () => random() - 0.5);
}

/** Turns the lowest bits of 16-bit values, of which no float becomes one that is not finite. */
function disturb(path: string, random: () => number): void {
  const bytes = readFileSync(path);
  for (let at = 128; at < bytes.length; at += 2) bytes[at] = (bytes[at] ?? 0) ^ (random() * 64);
  writeFileSync(path, bytes);
}

/** The upper half of a float32. */
function bfloat16Bits(value: number): number {
  return new Int16Array(Float32Array.of(value).buffer)[1] ?? 0;
}
