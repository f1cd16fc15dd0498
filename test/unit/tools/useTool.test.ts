import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { Cancellation } from "../../../src/cancellation.ts";
import { CancelledError } from "../../../src/errors.ts";
import { useTool } from "../../../src/tools/useTool.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
});
afterEach(() => rm(folder, { recursive: true }));

const input = { target: "him.npy", reference: "her.npy" };

describe("a tool that is cancelled", () => {
  it("stops the engine between two steps and writes nothing", async () => {
    const roots = [resolve("samples"), folder];
    const steps: string[] = [];
    const cancellation = new Cancellation();
    const request = {
      tool: "validate_run",
      input: { ...input, permutations: 1_000_000, out: join(folder, "x.ged.safetensors") },
      roots,
    } as const;
    const call = {
      cancellation,
      report: ({ step }: { readonly step: string }) => {
        steps.push(step);
        if (/permut/i.test(step)) cancellation.request();
      },
    };
    await expect(useTool(request, nodeFileSystem, {}, call)).rejects.toThrow(CancelledError);
    expect(steps.some((step) => /permut/i.test(step))).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("a tool without roots", () => {
  const call = { cancellation: new Cancellation(), report: () => undefined };

  it("takes whole paths, and relative ones from a folder only", async () => {
    const path = resolve("samples/him.npy");
    const whole = { tool: "inspect_activations", input: { path } } as const;
    expect((await useTool(whole, nodeFileSystem, {}, call)).result).toMatchObject({ path });
    const relative = { tool: "inspect_activations", input: { path: "him.npy" } } as const;
    await expect(useTool(relative, nodeFileSystem, {}, call)).rejects.toThrow(/no folder is open/);
    const placed = { ...relative, folder: resolve("samples") };
    const { result } = await useTool(placed, nodeFileSystem, {}, call);
    expect(result).toMatchObject({ format: "npy" });
  });

  it("gives the document of a run only if it is wanted", async () => {
    const request = { tool: "run_ged", input, folder: resolve("samples") } as const;
    const plain = await useTool(request, nodeFileSystem, {}, call);
    expect(plain.document).toBeUndefined();
    const kept = await useTool({ ...request, keep: true }, nodeFileSystem, {}, call);
    expect(kept.document?.summary.target.name).toBe("him");
    expect(kept.result).toEqual(plain.result);
  });
});
