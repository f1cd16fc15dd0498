import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eigenlens } from "../support/commandLine.ts";
import { readNpy } from "./support/readNpy.ts";

const files = join(__dirname, "data/wayin");
const manifest = JSON.parse(readFileSync(join(files, "manifest.json"), "utf8")) as Readonly<
  Record<string, { readonly expect?: string; readonly error?: string }>
>;
let output: string;

beforeAll(() => {
  output = mkdtempSync(join(tmpdir(), "folders-"));
});

afterAll(() => {
  rmSync(output, { recursive: true });
});

describe("folders and arrays that capture tools write", () => {
  it.each(Object.entries(manifest))("%s", async (source, wanted) => {
    const written = join(output, "output.npy");
    const { code, errors } = await eigenlens("convert", join(files, source), written);
    if (wanted.expect !== undefined) {
      expect([code, errors]).toEqual([0, ""]);
      const found = await readNpy(written);
      const expected = await readNpy(join(files, wanted.expect));
      expect(found.shape).toEqual(expected.shape);
      // The means were summed in single precision.
      const off = found.values.findIndex(
        (value, at) => !(Math.abs(value - expected.values[at]) <= 1e-7),
      );
      expect(off).toBe(-1);
      return;
    }
    expect(code).toBe(1);
    expect(errors).toContain(wanted.error);
    expect(errors.trimEnd().split("\n")).toHaveLength(1);
  });
});
