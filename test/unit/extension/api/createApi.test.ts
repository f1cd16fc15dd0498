import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi } from "../../../../extension/api/createApi.ts";
import manifest from "../../../../package.json" with { type: "json" };
import type { EigenlensApi } from "../../../../src/tools/api/api.ts";
import { himVsHer, realEngine } from "../support/realEngine.ts";

let real: ReturnType<typeof realEngine>;
let api: EigenlensApi;
beforeAll(() => {
  real = realEngine();
  api = createApi(real.engine, () => resolve("samples"));
});
afterAll(() => real.dispose());

describe("the extension's API", () => {
  it("runs in the engine's worker, with the numbers of any other run", async () => {
    expect(api.version).toBe(manifest.version);
    const steps: string[] = [];
    const result = await api.run(
      { target: "him.npy", reference: "her.npy", shrinkage: undefined },
      { onProgress: ({ step }) => steps.push(step) },
    );
    const { summary } = await real.engine.calls.run(himVsHer);
    expect(result.directions.map(({ eigenvalueInSample }) => eigenvalueInSample)).toEqual([
      summary.directions.forward.eigenvalues[0],
      summary.directions.swapped.eigenvalues[0],
    ]);
    expect(result.validation).toBeUndefined();
    expect(steps.length).toBeGreaterThan(0);
  });

  it("rejects with one line and a code", async () => {
    await expect(api.inspect({ path: "missing.npy" })).rejects.toMatchObject({
      code: "file-access",
      message: expect.stringMatching(/no such file|not found/) as string,
    });
    const stopped = api.run(
      { target: "him.npy", reference: "her.npy" },
      { signal: AbortSignal.abort() },
    );
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
  });
});
