import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { engineOpeners } from "../../../src/engine/engineOpeners.ts";
import { ProductEngines } from "../../../src/engine/productEngines.ts";
import type { Route } from "../../../src/ged/method/options.ts";
import { engineChoices, offeredEngineChoices } from "../../../src/linalg/engines/engineNames.ts";
import { makeRun } from "../../support/makeRun.ts";
import { createMemoryEngine, type Capability } from "../../support/memoryEngine.ts";

const withMemoryEngine = (used: (capability: Capability) => void) =>
  new ProductEngines({
    openers: { ...engineOpeners, script: () => ({ products: createMemoryEngine(used) }) },
  });

describe("an engine that is added", () => {
  const routes: readonly (readonly [Route, readonly Capability[]])[] = [
    ["covariance", ["definiteEigen", "holdMatrix", "openBlocks", "partialEigen"]],
    ["krylov", ["definiteEigen", "holdRows"]],
    ["gram", ["definiteEigen", "eigen"]],
  ];
  it.each(routes)("is called upon for what it can do, on the %s route", async (route, expected) => {
    const used = new Set<Capability>();
    const engines = withMemoryEngine((capability) => used.add(capability));
    const { products, bulk } = await engines.for({ engine: "script", threads: 1 });
    expect(bulk).toBe(products);
    const found = await makeRun({ route }, 30, 12, 7, products);
    expect([...used]).toEqual(expect.arrayContaining([...expected]));
    const plain = await makeRun({ route: "covariance" }, 30, 12, 7);
    const { components } = plain.summary.compression;
    expect(found.summary.compression.components).toBe(components);
    for (const name of ["separation.eigenvalues", "separation.filters", "swapped.patterns"]) {
      const values = plain.tensors[name]?.values ?? [];
      expect(values.length).toBeGreaterThan(0);
      values.forEach((value, i) => expect(found.tensors[name]?.values[i]).toBeCloseTo(value, 8));
    }
  });

  it("multiplies all rows where it is an accelerator, and the default engine decomposes", async () => {
    const used = new Set<Capability>();
    const engines = new ProductEngines({
      openers: {
        ...engineOpeners,
        tensorflow: () => ({ products: createMemoryEngine((capability) => used.add(capability)) }),
      },
    });
    try {
      const { products, bulk } = await engines.for({ engine: "tensorflow", threads: 1 });
      expect(products.engine).toBe("wasm");
      bulk.openBlocks?.(3, { single: false }).release();
      expect([...used]).toEqual(["openBlocks"]);
    } finally {
      await engines.dispose();
    }
  });

  it("is replaced where it is unavailable, and the log says why", async () => {
    const log: string[] = [];
    const engines = new ProductEngines({
      log: (message) => log.push(message),
      openers: {
        ...engineOpeners,
        wasm: () => ({ unavailable: "No kernels here." }),
        tensorflow: () => ({ unavailable: "No accelerator here." }),
      },
    });
    const { products, bulk } = await engines.for({ engine: "tensorflow", threads: 2 });
    expect(products.engine).toBe("script");
    expect(bulk).toBe(products);
    expect(log).toEqual(["No kernels here.", "No accelerator here."]);
    await engines.dispose();
  });
});

describe("engines are told apart by what they can do", () => {
  it("nowhere by their class", () => {
    const files = readdirSync("src", { recursive: true, encoding: "utf8" });
    const named = files
      .filter((file) => file.endsWith(".ts"))
      .filter((file) => /instanceof \w*Products\b/.test(readFileSync(join("src", file), "utf8")));
    expect(files.length).toBeGreaterThan(100);
    expect(named).toEqual([]);
  });

  it("the manifest offers those that the table offers", () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
      contributes: { configuration: { properties: Record<string, { enum?: string[] }> } };
    };
    const { properties } = manifest.contributes.configuration;
    expect(properties["eigenlens.engine"]?.enum).toEqual(offeredEngineChoices);
    expect(engineChoices).toEqual(["auto", "wasm", "tensorflow", "script"]);
  });
});
