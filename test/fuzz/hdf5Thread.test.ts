import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Hdf5Call, Hdf5Listing } from "../../src/activations/formats/hdf5/messages.ts";
import { Hdf5Thread } from "../../src/activations/formats/hdf5/thread.ts";
import { EigenlensError } from "../../src/errors.ts";
import { seconds, seed, used } from "./fuzz.ts";
import { mutate, randomFrom } from "./mutate.ts";

const data = join(__dirname, "../formats/data");
const output = join(__dirname, "output");
const mostCalls = 8;
const odd = [0, 1, 2, 3, 7, 255, 65_536, 2 ** 31, 2 ** 32 + 1, 2 ** 53 - 1];

const originals = readdirSync(data)
  .filter((name) => /(\.h5|v73.*\.mat)$/.test(name))
  .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(data, name))) }));

/** What became of the calls of one round. */
interface Outcomes {
  answered: number;
  refused: number;
}

/** A call as no reader makes it: any kind, for any name, with counts of any size. */
function randomCall(random: () => number, listing: readonly Hdf5Listing[]): Hdf5Call {
  const below = (limit: number) => Math.floor(random() * limit);
  const dataset = listing[below(listing.length)];
  const names = [dataset?.name ?? "", dataset?.name ?? "", "/", "", "nowhere", "a\0b", "../X"];
  const name = names[below(names.length)] ?? "";
  const kinds = ["texts", "cells", "characters", "read", "read", "read", "read"] as const;
  const kind = kinds[below(kinds.length)] ?? "read";
  if (kind !== "read") return { kind, name };
  const shape = dataset?.shape ?? [1];
  const extent = (whole: number) => (random() < 0.7 ? below(whole + 1) : (odd[below(10)] ?? 0));
  const axes = random() < 0.9 ? shape : [...shape, 1];
  return { kind, name, count: axes.map(extent), first: axes.map(extent) };
}

async function settle(call: () => Promise<unknown>, outcomes: Outcomes): Promise<unknown> {
  try {
    const value = await call();
    outcomes.answered++;
    return value;
  } catch (error) {
    if (!(error instanceof EigenlensError) || /[\n\r]/.test(error.message)) throw error;
    outcomes.refused++;
    return undefined;
  }
}

/** One damaged file, and calls for what it says that it holds, several of them under way at a time. */
async function round(
  original: Uint8Array,
  random: () => number,
  outcomes: Outcomes,
): Promise<Uint8Array> {
  const content = random() < 0.3 ? original : mutate(original, random);
  const thread = Hdf5Thread.take();
  try {
    const call = { kind: "open", byteLength: content.byteLength } as const;
    const opened = await settle(
      () => thread.call({ ...call, content, matlab: random() < 0.5 }, "fuzzed"),
      outcomes,
    );
    const listing = Array.isArray(opened) ? (opened as readonly Hdf5Listing[]) : [];
    const calls = Array.from({ length: 1 + Math.floor(random() * mostCalls) }, () =>
      randomCall(random, listing),
    );
    await Promise.all(calls.map((each) => settle(() => thread.call(each, "fuzzed"), outcomes)));
  } finally {
    await thread.release();
  }
  return content;
}

it(
  "the HDF5 thread answers every message, or refuses it in one line, and the next file is read",
  { timeout: 20_000 * seconds + 120_000 },
  async () => {
    const until = used() + seconds;
    const outcomes: Outcomes = { answered: 0, refused: 0 };
    let iterations = 0;
    do {
      const random = randomFrom(seed * 1_000_003 + iterations);
      const original = originals[Math.floor(random() * originals.length)];
      if (original === undefined) throw new Error("no files to start from");
      try {
        await round(original.bytes, random, outcomes);
      } catch (error) {
        mkdirSync(output, { recursive: true });
        writeFileSync(join(output, `hdf5Thread-${seed}-${iterations}.txt`), String(error));
        throw new Error(`seed ${seed}, iteration ${iterations} of ${original.name}`, {
          cause: error,
        });
      }
      iterations++;
    } while (used() < until);
    // Both must occur, or the messages say nothing.
    expect(outcomes.answered).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(0);
    console.log(
      `hdf5 thread: ${iterations} files, ${outcomes.answered} answers, ${outcomes.refused} refusals, seed ${seed}`,
    );
    await whole();
  },
);

/** A file that is not damaged, after all that went before. */
async function whole(): Promise<void> {
  const content = new Uint8Array(readFileSync(join(data, "contiguous.h5")));
  const thread = Hdf5Thread.take();
  const listing = await thread.call(
    { kind: "open", content, byteLength: content.byteLength, matlab: false },
    "contiguous.h5",
  );
  expect(Array.isArray(listing) && listing.length).toBeGreaterThan(0);
  await thread.release();
}
