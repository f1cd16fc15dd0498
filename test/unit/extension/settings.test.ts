import { describe, expect, it } from "vitest";
import { defaultGedOptions } from "../../../src/ged/method/options.ts";
import {
  defaultRunStorage,
  optionsFromSettings,
  pythonFromSettings,
  runStorageLimit,
} from "../../../extension/settings.ts";
import manifest from "../../../package.json" with { type: "json" };

const reader = (values: Record<string, unknown>) => (key: string) => values[key];

describe("settings", () => {
  it("come to the method's defaults where the manifest's defaults stand", () => {
    const properties: Record<string, { default: unknown }> =
      manifest.contributes.configuration.properties;
    const options = optionsFromSettings((key) => properties[`eigenlens.${key}`]?.default);
    expect(options).toEqual(defaultGedOptions);
  });

  it("name a Python, or leave it to the system", () => {
    expect(pythonFromSettings(reader({ python: " /venv/bin/python " }))).toBe("/venv/bin/python");
    expect(pythonFromSettings(reader({ python: "" }))).toMatch(/^python3?$/);
    expect(pythonFromSettings(reader({}))).toMatch(/^python3?$/);
    expect(() => pythonFromSettings(reader({ python: 3 }))).toThrow(
      "eigenlens.python is 3: give the path of a program",
    );
  });

  it("turn the number of components into a cap", () => {
    expect(optionsFromSettings(reader({ components: 20 }))).toMatchObject({
      keep: { share: 0.99, atMost: 20 },
    });
  });

  it("take a shrinkage as a number or by the name of who estimates it", () => {
    expect(optionsFromSettings(reader({ shrinkage: 0.2 })).shrinkage).toBe(0.2);
    expect(optionsFromSettings(reader({ shrinkage: "ledoit-wolf" })).shrinkage).toBe("ledoit-wolf");
  });

  it("keep exactly as many components if that is what they ask for", () => {
    const settings = { components: 20, componentsAre: "exactly", variance: 0.5 };
    expect(optionsFromSettings(reader(settings)).keep).toEqual({ count: 20 });
    expect(optionsFromSettings(reader({ componentsAre: "exactly" })).keep).toEqual({ share: 0.99 });
  });

  it.each([
    [{ variance: 1.5 }, /share of variance is 1.5.*above 0 and up to 1/],
    [{ shrinkage: -0.1 }, /shrinkage is -0.1/],
    [{ shrinkage: "0.1" }, /eigenlens\.shrinkage is "0.1": give a number .* ledoit-wolf or oas/],
    [{ variance: "much" }, /eigenlens\.variance is "much": give a number/],
    [{ engine: "abacus" }, /eigenlens\.engine is "abacus": choose one of auto, wasm, tensorflow/],
    [{ components: 0 }, /number of components is 0/],
    [{ components: 2, componentsAre: "many" }, /componentsAre is "many": choose one of atMost/],
  ])("refuse %j in one line", (values, line) => {
    expect(() => optionsFromSettings(reader(values))).toThrow(line);
  });
});

describe("the limit of stored runs", () => {
  it("is the manifest's default in megabytes, or none", () => {
    const { "eigenlens.runStorage": setting } = manifest.contributes.configuration.properties;
    expect(setting.default).toBe(defaultRunStorage);
    expect(runStorageLimit(reader({}))).toBe(2e9);
    expect(runStorageLimit(reader({ runStorage: 0x10 }))).toBe(16e6);
    expect(runStorageLimit(reader({ runStorage: null }))).toBe(Infinity);
  });

  it.each([0, -5, NaN, "1 GB", {}])("is refused rather than guessed: %j", (runStorage) => {
    expect(() => runStorageLimit(reader({ runStorage }))).toThrow(/eigenlens\.runStorage is/);
  });

  it("cannot be set by a folder that is opened, since runs go for it", () => {
    const { "eigenlens.runStorage": setting } = manifest.contributes.configuration.properties;
    expect(setting.scope).toBe("machine");
  });
});
