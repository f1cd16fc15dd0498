import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultGedOptions } from "../../../../src/ged/method/options.ts";
import { requestOf, resultLines } from "../../../../extension/tool/toolText.ts";
import manifest from "../../../../package.json" with { type: "json" };
import { realEngine } from "../support/realEngine.ts";

describe("the language model's tool", () => {
  let real: ReturnType<typeof realEngine>;
  beforeAll(() => {
    real = realEngine();
  });
  afterAll(() => real.dispose());

  it("takes what its schema offers and no more", () => {
    const [tool] = manifest.contributes.languageModelTools;
    expect(tool?.name).toBe("run_separation");
    expect(Object.keys(tool?.inputSchema.properties ?? {})).toEqual([
      "target",
      "reference",
      "variance",
      "shrinkage",
    ]);
  });

  it("reads paths below the folder, tensors and labels", () => {
    const input = { target: "a/him.npy", reference: "/w/x.npz#X[labels=her]", shrinkage: 0.1 };
    const request = requestOf(input, defaultGedOptions, "/workspace");
    expect(request.target).toEqual({ path: "/workspace/a/him.npy", name: "him" });
    expect(request.reference).toMatchObject({ path: "/w/x.npz", tensor: "X", name: "her" });
    expect(request.options).toEqual({ ...defaultGedOptions, shrinkage: 0.1 });
  });

  it.each([
    [{ target: "", reference: "her.npy" }, /No target was given/],
    [{ target: "him.npy", reference: "her.npy", variance: 2 }, /share of variance is 2/],
  ])("refuses %j in one line", (input, line) => {
    expect(() => requestOf(input, defaultGedOptions, "/w")).toThrow(line);
  });

  it("refuses a relative path where no folder is open", () => {
    const input = { target: "him.npy", reference: "/w/her.npy" };
    expect(() => requestOf(input, defaultGedOptions, undefined)).toThrow(/no folder is open/);
  });

  it("never gives a number without saying that it is in sample", async () => {
    const input = { target: "samples/him.npy", reference: "samples/her.npy" };
    const document = await real.engine.calls.run(
      requestOf(input, defaultGedOptions, process.cwd()),
    );
    const text = resultLines(document.summary).join("\n");
    expect(text).toContain("74 components keep 99.03 %");
    expect(text).toMatch(/Component 1, in sample: generalized eigenvalue 187\.918/);
    expect(text).toMatch(/^him vs her: not tested yet\. In sample, component 1 varies 21,286× /);
    expect(text).toContain("Not validated");
  });
});
