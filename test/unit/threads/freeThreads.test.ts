import { expect, it } from "vitest";
import { FreeThreads } from "../../../src/threads/freeThreads.ts";

it("gives the one used last, keeps no more than it may, and forgets those that are gone", () => {
  const free = new FreeThreads<string>(2);
  expect(free.take()).toBeUndefined();
  expect([free.give("a"), free.give("b"), free.give("c")]).toEqual([true, true, false]);
  expect(free.count).toBe(2);
  expect(free.take()).toBe("b");
  free.forget("a");
  free.forget("a");
  expect(free.take()).toBeUndefined();
});
