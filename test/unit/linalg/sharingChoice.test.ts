import { expect, test } from "vitest";
import { SharingChoice } from "../../../src/linalg/blockedEigen/sharingChoice.ts";

/** The choices of 100 steps where a step costs so much alone and shared. */
function choices(threads: number, alone: number, shared: number): boolean[] {
  const choice = new SharingChoice(threads);
  return Array.from({ length: 100 }, () => {
    const next = choice.next();
    choice.record(next, 1, next ? shared : alone);
    return next;
  });
}

test("one thread never shares", () => {
  expect(choices(1, 1, 0.1).some(Boolean)).toBe(false);
});

test("an idle machine shares but for a few looks at the other way", () => {
  expect(choices(2, 1, 0.5).filter(Boolean).length).toBe(96);
});

test("a busy machine works alone but for a few looks at the other way", () => {
  expect(choices(2, 1, 50).filter(Boolean).length).toBe(4);
});
