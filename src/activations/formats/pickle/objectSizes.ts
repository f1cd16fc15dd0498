import type { PickleValue } from "./values.ts";

/** What an object of each kind takes in memory, in bytes: measured in V8 and rounded up. */
export const memory = {
  slot: 16,
  sequence: 64,
  mapping: 64,
  entry: 48,
  call: 96,
  memo: 40,
  view: 128,
} as const;

/** Bytes that a number, text or view of bytes takes, besides its place in a list. */
export function literalBytes(value: PickleValue): number {
  if (typeof value === "string") return 2 * value.length + memory.slot;
  return value instanceof Uint8Array ? memory.view : 0;
}
