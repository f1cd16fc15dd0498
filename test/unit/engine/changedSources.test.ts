import { appendFileSync, copyFileSync, mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { Cancellation } from "../../../src/cancellation.ts";
import { Engine } from "../../../src/engine/engine.ts";
import { defaultGedOptions } from "../../../src/ged/method/options.ts";

const folder = mkdtempSync(join(tmpdir(), "eigenlens-"));
const engine = new Engine(nodeFileSystem);
afterAll(async () => {
  await engine.dispose();
  rmSync(folder, { recursive: true });
});
const call = { cancellation: new Cancellation(), report: () => undefined };

describe("the files of a run", () => {
  it("are changed if their bytes are, whatever their times say", async () => {
    const [him, her] = ["him", "her"].map((name) => join(folder, `${name}.npy`));
    copyFileSync("samples/him.npy", him);
    copyFileSync("samples/her.npy", her);
    const request = { target: { path: him }, reference: { path: her }, options: defaultGedOptions };
    const { sources } = await engine.run(request, call);
    expect(await engine.changedSources({ sources }, call)).toEqual([]);
    utimesSync(him, 1, 1);
    expect(await engine.changedSources({ sources }, call)).toEqual([]);
    appendFileSync(her, "x");
    expect(await engine.changedSources({ sources }, call)).toEqual([her]);
    rmSync(him);
    await expect(engine.changedSources({ sources }, call)).rejects.toThrow(/there is no such file/);
  });
});
