import { expect, it } from "vitest";

interface Build {
  kernels(): Promise<string[]>;
  compile(name: string): Promise<string>;
}

const folder = "../../../src/activations/kernels";

it("each kernel is what its source compiles to", async () => {
  const { kernels, compile } = (await import(`${folder}/build.mjs`)) as Build;
  const names = await kernels();
  expect(names).toContain("halfFloats");
  for (const name of names) {
    const kept = (await import(`${folder}/${name}Module.ts`)) as Record<string, string>;
    expect(kept[`${name}Module`], name).toBe(await compile(name));
  }
});
