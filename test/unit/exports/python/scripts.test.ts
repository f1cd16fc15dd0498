import { describe, expect, it } from "vitest";
import { pythonValue } from "../../../../src/exports/python/pythonValue.ts";
import { progressions, reproduceScript } from "../../../../src/exports/python/reproduceScript.ts";
import { steeringScript } from "../../../../src/exports/python/steeringScript.ts";
import { supportedTool } from "../../../../src/exports/python/steeringTools.ts";
import {
  exportedComponent,
  residualStream,
  withProvenance,
} from "../../../support/exportedComponent.ts";
import { makeRun } from "../../../support/makeRun.ts";

const hostile = '"""\n\'; import os; os.system("x") #\\\u0000\u202e\u2028𝄞\ud800';

describe("a literal of Python", () => {
  it("is one line of ASCII, whatever the text", () => {
    expect(pythonValue(hostile)).toBe(
      '"\\"\\"\\"\\u000a\'; import os; os.system(\\"x\\") #\\\\\\u0000\\u202e\\u2028\\U0001d11e\\ud800"',
    );
    expect(pythonValue({ [hostile]: [hostile] })).toMatch(/^[\x20-\x7e]*$/);
  });

  it("means the same value", () => {
    expect(pythonValue({ a: [1, -0.5, 1e-300, true, false, null] })).toBe(
      '{"a": [1, -0.5, 1e-300, True, False, None]}',
    );
    expect(() => pythonValue(Number.NaN)).toThrow(RangeError);
  });
});

describe("rows as progressions", () => {
  it("come back as they were", () => {
    for (const rows of [
      [],
      [4],
      [0, 1, 2, 3],
      [0, 2, 4, 6],
      [1, 5],
      [0, 1, 2, 9, 12, 15, 20, 21],
    ]) {
      const back = progressions(Uint32Array.from(rows)).flatMap(([start, stop, step]) =>
        Array.from({ length: Math.ceil((stop - start) / step) }, (_, i) => start + i * step),
      );
      expect(back).toEqual(rows);
    }
    expect(progressions(Uint32Array.from({ length: 50 }, (_, i) => 2 * i))).toEqual([[0, 99, 2]]);
  });
});

describe("a script", () => {
  it("refuses a source that Python does not read in a line, and one that has changed", async () => {
    const document = await makeRun();
    const rows = { target: new Uint32Array(12).map((_, i) => i), reference: new Uint32Array(12) };
    const { target } = document.sources;
    const changed = (record: object) => ({
      ...document,
      sources: { ...document.sources, target: { ...target, ...record } },
    });
    expect(() => reproduceScript(changed({ format: "csv" }), rows)).toThrow(
      /is csv: write it as npy with eigenlens convert/,
    );
    const unnamed = { condition: { ...target.condition, layer: 2 } };
    expect(() => reproduceScript(changed(unnamed), rows)).toThrow(
      /a layer or a head only along axes that the source names/,
    );
    const axes = ["row", "layer", "neuron"];
    const named = { condition: { ...target.condition, layer: 2, axes } };
    expect(reproduceScript(changed(named), rows)).toContain('"layer": 2');
    const positions = { token: { kind: "indexFile", path: "ids.json" } } as const;
    expect(() =>
      reproduceScript(changed({ condition: { ...target.condition, ...positions } }), rows),
    ).toThrow(/stand in a file \(file:ids\.json\)/);
    expect(() => reproduceScript(document, { ...rows, target: new Uint32Array(3) })).toThrow(
      /now gives 3 rows, the run had 12/,
    );
  });

  it("refuses to guess where in a model it works", async () => {
    const options = {
      use: "add",
      tool: "transformers",
      added: "mean-difference",
      name: "a",
    } as const;
    const unknown = await exportedComponent(await makeRun());
    expect(() => steeringScript(unknown, options)).toThrow(
      /guesses nothing: write model, site, component, layer, token_rule/,
    );
    const odd = { ...residualStream, token_rule: "the pronoun" };
    const followed = await exportedComponent(withProvenance(await makeRun(), odd));
    expect(() => steeringScript(followed, options)).toThrow(
      /cannot follow the token rule "the pronoun"/,
    );
  });

  it("is refused for vLLM, with why and what to do", () => {
    expect(supportedTool("nnsight")).toBe("nnsight");
    expect(() => supportedTool("vllm")).toThrow(/nothing could be measured.*control vector/);
  });

  it("is ASCII, whatever the names in it", async () => {
    const place = { ...residualStream, model: hostile, site: hostile };
    const document = withProvenance(await makeRun(), place);
    const sentences = { target: [hostile], reference: [hostile] };
    const exported = await exportedComponent({ ...document, sentences });
    for (const use of ["read", "add", "erase"] as const) {
      const options = { use, tool: "nnsight", added: "filter", name: hostile } as const;
      const script = steeringScript(exported, options);
      expect(script).toMatch(/^[\x20-\x7e\n]*$/);
      expect(script.split("\n")).not.toContain('\'; import os; os.system("x") #');
    }
  });
});
