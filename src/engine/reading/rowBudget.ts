import type { Memory } from "../../machine/memory.ts";

/** Of what is free: the run itself, and other programs, come first. */
const shareOfFree = 1 / 8;
/** Of all there is: what is free now may be wanted soon. */
const shareOfLimit = 1 / 16;

/**
 * Bytes that rows may take in memory between a run and its validation.
 * @param held what they take now, which is free once they are dropped
 */
export function rowBudget({ limit, free }: Memory, held: number): number {
  return Math.floor(Math.min(shareOfFree * (free + held), shareOfLimit * limit));
}
