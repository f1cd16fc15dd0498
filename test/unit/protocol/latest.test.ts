import { expect, it } from "vitest";
import { Latest } from "../../../src/protocol/latest.ts";

it("has one request at work, and afterwards the youngest of those that came meanwhile", async () => {
  const done: number[] = [];
  const finish: (() => void)[] = [];
  const latest = new Latest<number>(async (request) => {
    done.push(request);
    await new Promise<void>((resolve) => finish.push(resolve));
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  for (const request of [1, 2, 3, 4]) latest.ask(request);
  expect(done).toEqual([1]);
  finish[0]?.();
  await settled();
  expect(done).toEqual([1, 4]);
  latest.ask(5);
  finish[1]?.();
  await settled();
  expect(done).toEqual([1, 4, 5]);
  finish[2]?.();
  await settled();
  latest.ask(6);
  expect(done).toEqual([1, 4, 5, 6]);
});
