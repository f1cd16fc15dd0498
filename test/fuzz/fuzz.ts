import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { randomFrom } from "./mutate.ts";

/** `EIGENLENS_FUZZ_SECONDS`, of processor time, and `EIGENLENS_FUZZ_SEED` make it longer or another one. */
export const seconds = Number(process.env["EIGENLENS_FUZZ_SECONDS"] ?? 2);
export const seed = Number(process.env["EIGENLENS_FUZZ_SEED"] ?? 1);

const output = join(__dirname, "output");
/** Seconds of processor time, since a busy machine says nothing of the reader. */
const longest = 5;

/** Injured files however slow the machine is. */
const fewest = 6;

/** Seconds of processor time that this process has used. */
export function used(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** What became of one file. */
export type Outcome = "read" | "refused";

/**
 * Injures files of one kind and tries each, as long as the time lasts; one that fails otherwise than in one
 * line is kept under `output` and named with its seed.
 * @param injure makes an injured copy
 * @param attempt throws whatever is a fault of ours
 */
export async function fuzz(
  label: string,
  originals: readonly (readonly [string, Uint8Array])[],
  injure: (original: Uint8Array, random: () => number) => Uint8Array,
  attempt: (path: string, injured: Uint8Array) => Promise<Outcome>,
): Promise<void> {
  const until = used() + seconds;
  let iterations = 0;
  let read = 0;
  while (iterations < fewest || used() < until) {
    const random = randomFrom(seed * 1_000_003 + iterations);
    const [path, bytes] = originals[Math.floor(random() * originals.length)] ?? [
      "",
      new Uint8Array(),
    ];
    const injured = injure(bytes, random);
    const before = used();
    try {
      if ((await attempt(path, injured)) === "read") read++;
    } catch (error) {
      mkdirSync(output, { recursive: true });
      const kept = join(output, `${label}-${seed}-${iterations}-${path.replaceAll("/", "+")}`);
      writeFileSync(kept, injured);
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
