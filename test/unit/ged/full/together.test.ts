import { describe, expect, it } from "vitest";
import { together } from "../../../../src/ged/full/together.ts";

describe("together", () => {
  it("answers what is asked at once by one call, each with its own answer", async () => {
    const calls: (readonly number[])[] = [];
    const double = together((given: readonly number[]) => {
      calls.push(given);
      return Promise.resolve(given.map((value) => 2 * value));
    });
    expect(await Promise.all([double(1), double(2), double(3)])).toEqual([2, 4, 6]);
    expect(await double(4)).toBe(8);
    expect(calls).toEqual([[1, 2, 3], [4]]);
  });

  it("rejects all that one failed call was for, and works again", async () => {
    let fails = true;
    const ask = together((given: readonly number[]) =>
      fails ? Promise.reject(new Error("gone")) : Promise.resolve(given),
    );
    const both = await Promise.allSettled([ask(1), ask(2)]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    fails = false;
    expect(await ask(3)).toBe(3);
  });
});
