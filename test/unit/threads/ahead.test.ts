import { expect, it } from "vitest";
import { Ahead } from "../../../src/threads/ahead.ts";

it("hands over what was begun, once, and nothing else", async () => {
  const ahead = new Ahead<string>();
  expect(await ahead.take(0)).toBeUndefined();
  ahead.begin(10, () => Promise.resolve("ten"));
  expect([ahead.isAt(10), ahead.isAt(20)]).toEqual([true, false]);
  expect(await ahead.take(10)).toBe("ten");
  expect(await ahead.take(10)).toBeUndefined();
  ahead.begin(20, () => Promise.resolve("twenty"));
  expect(await ahead.take(10)).toBeUndefined();
  expect(ahead.isAt(20)).toBe(false);
});

it("takes what failed for not read", async () => {
  const ahead = new Ahead<string>();
  ahead.begin(10, () => Promise.reject(new Error("the disk is gone")));
  expect(await ahead.take(10)).toBeUndefined();
});

it("waits for what is being read, whichever it is", async () => {
  const ahead = new Ahead<string>();
  const steps: string[] = [];
  const reading: ((piece: string) => void)[] = [];
  ahead.begin(10, () => new Promise((resolve) => reading.push(resolve)));
  const settled = ahead.settle().then((piece) => steps.push(`settled ${piece}`));
  await Promise.resolve();
  steps.push("read");
  for (const finish of reading) finish("ten");
  await settled;
  expect(steps).toEqual(["read", "settled ten"]);
});
