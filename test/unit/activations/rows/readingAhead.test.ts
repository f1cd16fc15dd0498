import { describe, expect, it } from "vitest";
import { readingAhead } from "../../../../src/activations/rows/readingAhead.ts";

/** What was read, in order; starts in `failing` fail, each once. */
function reader(failing: number[] = []) {
  const starts: number[] = [];
  const read = (start: number, stop: number) => {
    starts.push(start);
    const at = failing.indexOf(start);
    if (at === -1) return Promise.resolve(`${start} to ${stop}`);
    failing.splice(at, 1);
    return Promise.reject(new Error(`${start} fails`));
  };
  return { starts, ask: readingAhead(read, 35, 10) };
}

describe("panels read ahead", () => {
  it("are the next ones where they are asked for in order, each read once, up to the last row", async () => {
    const { starts, ask } = reader();
    expect(await ask(0, 10)).toBe("0 to 10");
    expect(starts).toEqual([0]);
    expect(await ask(10, 20)).toBe("10 to 20");
    expect(starts).toEqual([0, 10, 20]);
    expect(await ask(20, 30)).toBe("20 to 30");
    expect(starts).toEqual([0, 10, 20, 30]);
    expect(await ask(30, 35)).toBe("30 to 35");
    expect(starts).toEqual([0, 10, 20, 30]);
  });

  it("are none where they are asked for out of order", async () => {
    const { starts, ask } = reader();
    for (const start of [20, 0, 20, 0]) await ask(start, start + 10);
    expect(starts).toEqual([20, 0, 20, 0]);
  });

  it("are read again where they failed before they were asked for", async () => {
    const { starts, ask } = reader([20]);
    await ask(0, 10);
    await ask(10, 20);
    expect(await ask(20, 30)).toBe("20 to 30");
    expect(starts).toEqual([0, 10, 20, 30, 20]);
    await expect(reader([0]).ask(0, 10)).rejects.toThrow("0 fails");
  });
});
