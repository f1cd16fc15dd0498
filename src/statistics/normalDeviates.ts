import type { RandomStream } from "./random.ts";

/** Independent standard normal numbers from a stream (Box and Muller 1958). */
export function normalDeviates(random: RandomStream): () => number {
  return () =>
    Math.sqrt(-2 * Math.log((random.next() + 0.5) / 2 ** 32)) *
    Math.cos((2 * Math.PI * random.next()) / 2 ** 32);
}
