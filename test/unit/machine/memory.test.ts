import { describe, expect, it } from "vitest";
import { memoryFrom, thisMemory } from "../../../src/machine/memory.ts";

const gigabyte = 2 ** 30;

describe("memoryFrom", () => {
  it("takes a Linux machine's figures as they are", () => {
    const figures = { total: 16 * gigabyte, free: 2 * gigabyte, available: 9 * gigabyte } as const;
    const memory = { limit: 16 * gigabyte, free: 9 * gigabyte };
    expect(memoryFrom({ platform: "linux", ...figures, constrained: 0 })).toEqual(memory);
    // Node 18 to 20.12 say undefined, Node 22 in a container without a limit says 2^64 - 1.
    expect(memoryFrom({ platform: "linux", ...figures, constrained: undefined })).toEqual(memory);
    expect(memoryFrom({ platform: "linux", ...figures, constrained: 2 ** 64 })).toEqual(memory);
  });

  it("holds to a container's limit, of which the pages of files that were read use a part", () => {
    const machine = { platform: "linux", total: 64 * gigabyte, free: 50 * gigabyte } as const;
    const constrained = 4 * gigabyte;
    expect(memoryFrom({ ...machine, constrained, available: gigabyte })).toEqual({
      limit: 4 * gigabyte,
      free: gigabyte,
    });
    expect(memoryFrom({ ...machine, constrained, available: undefined })).toEqual({
      limit: 4 * gigabyte,
      free: 4 * gigabyte,
    });
  });

  it("does not take macOS at its word that nearly all is used", () => {
    const machine = { platform: "darwin", total: 18 * gigabyte, constrained: 0 } as const;
    const unused = 0.1 * gigabyte;
    const memory = { limit: 18 * gigabyte, free: 9 * gigabyte };
    expect(memoryFrom({ ...machine, free: unused, available: unused })).toEqual(memory);
    expect(memoryFrom({ ...machine, free: unused, available: 4 * gigabyte })).toEqual(memory);
    expect(memoryFrom({ ...machine, free: unused, available: undefined })).toEqual(memory);
    const rested = memoryFrom({ ...machine, free: unused, available: 12 * gigabyte });
    expect(rested.free).toBe(12 * gigabyte);
  });

  it("takes a Windows machine's figures as they are, with and without availableMemory", () => {
    const machine = { platform: "win32", total: 32 * gigabyte, free: 20 * gigabyte } as const;
    const memory = { limit: 32 * gigabyte, free: 20 * gigabyte };
    const available = 20 * gigabyte;
    expect(memoryFrom({ ...machine, constrained: 0, available })).toEqual(memory);
    expect(memoryFrom({ ...machine, constrained: undefined, available: undefined })).toEqual(
      memory,
    );
  });
});

describe("thisMemory", () => {
  it("gives figures that can be true", () => {
    const { limit, free } = thisMemory();
    expect(limit).toBeGreaterThan(2 ** 27);
    expect(free).toBeGreaterThan(0);
    expect(free).toBeLessThanOrEqual(limit);
  });
});
