import { describe, expect, it } from "vitest";
import { captureScript, filledIn } from "../../../src/capture/captureScript.ts";
import { captureLibraries, namedSites, type CaptureOptions } from "../../../src/capture/options.ts";
import { placeName } from "../../../src/capture/tensorNames.ts";
import { guessName } from "../../../src/conditions/naming/guessName.ts";
import { pairLayers } from "../../../src/conditions/naming/pairLayers.ts";
import { hostileCapture, hostileTexts, someCapture } from "../../support/captureOptions.ts";

const withOptions = (options: Partial<CaptureOptions>) => () =>
  captureScript({ ...someCapture, ...options });

describe.each(captureLibraries)("a capture script for %s", (library) => {
  it("is plain ASCII, and short enough to be read", () => {
    const script = captureScript({ ...someCapture, library });
    expect(script).toMatch(/^[\x20-\x7e\n]*$/);
    expect(script.split("\n").length).toBeLessThan(300);
  });

  it.each(hostileTexts)("holds %j in literals on lines of their own", (text) => {
    const script = filledIn(hostileCapture(library, text));
    expect(script).toMatch(/^[\x20-\x7e\n]*$/);
    // What surrounds the settings is the same, whatever they are.
    const plain = filledIn(hostileCapture(library, "a"));
    const around = (whole: string) =>
      whole.split(/^CAPTURE = \{\n(?: {4}".*",?\n| {4}".*\],?\n| {4}".*\},?\n)*\}\n/m);
    expect(around(script)).toEqual(around(plain));
    expect(around(script).length).toBe(2);
  });
});

describe("options", () => {
  it.each<[string, Partial<CaptureOptions>, RegExp]>([
    ["no model", { model: " " }, /^The model is empty: write which one is meant\.$/],
    ["no folder", { folder: "" }, /^The folder is empty/],
    ["no layer", { layers: [] }, /^No layer is named/],
    ["a site of no library", { site: "mpl" }, /^"mpl" is no site: write residual, mlp, neurons/],
    ["a site of the prototype", { site: "constructor" }, /^"constructor" is no site/],
    ["one module for two layers", { site: "h.6.mlp" }, /write \{layer\} in place of the number/],
    ["prompts that are no table", { prompts: "prompts.txt" }, /is no file of prompts: it is json/],
    ["one name for both", { conditions: ["him", "HIM"] }, /Both conditions are called him/],
    ["a name that is a place", { conditions: ["mlp", "her"] }, /"mlp" would not be read back/],
    ["a number", { conditions: ["1", "0"] }, /"1" would not be read back/],
    ["two words", { conditions: ["not_him", "him"] }, /"not_him" would not be read back/],
    ["a path", { conditions: ["../him", "her"] }, /"\.\.\/him" would not be read back/],
  ])("are refused in one line: %s", (_, options, line) => {
    expect(withOptions(options)).toThrow(line);
  });

  it.each(hostileTexts)("refuse %j as a condition", (text) => {
    expect(withOptions({ conditions: [text, "her"] })).toThrow(/would not be read back/);
  });

  it("take one module of one layer, and a path with the layer in it", () => {
    expect(withOptions({ site: "h.6.mlp", layers: [6] })()).toContain('"h.6.mlp"');
    expect(withOptions({ site: "h.{layer}.mlp" })()).toContain('"h.{layer}.mlp"');
  });
});

describe.each([...Object.keys(namedSites), "h.{layer}.mlp"])("tensors of %s", (site) => {
  it.each([
    ["him", "her"],
    ["cats", "dogs"],
    ["đực", "cái"],
  ])("are read back as %s and %s, and paired by layer", (first, second) => {
    const candidates = [0, 11].flatMap((layer) =>
      [first, second].map((condition) => {
        const tensor = `${placeName(site).replace("{layer}", String(layer))}.${condition}`;
        const source = { path: `${tensor}.safetensors`, tensor };
        expect(guessName(source)).toBe(condition);
        return { source, name: guessName(source), rows: 40, columns: 16 };
      }),
    );
    const pairs = pairLayers(candidates);
    expect(
      pairs.map(({ layer, target, reference }) => [layer, target.name, reference.name]),
    ).toEqual([0, 11].map((layer) => [layer, first, second]));
  });
});
