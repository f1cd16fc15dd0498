import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { exercise } from "./exercise.ts";
import { memoryFileSystem } from "./memoryFileSystem.ts";

const folder = join(__dirname, "regressions");

// Files on which a reader once failed otherwise than in one line, or took all memory; named after the fault.
for (const name of readdirSync(folder)) {
  it(name, async () => {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    const outcome = await exercise(name, memoryFileSystem(new Map([[name, bytes]])));
    expect(["read", "refused"]).toContain(outcome);
  });
}
