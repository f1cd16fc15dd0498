import { readFileSync } from "node:fs";
import { ofDirections } from "../../../../src/ged/method/directions.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  runView,
  type ComponentView,
  type RunHeader,
  type RunView,
} from "../../../../src/protocol/views/runView.ts";
import type { Selection } from "../../../../src/protocol/selection.ts";
import { inspect } from "../../../../extension/inspector/inspect.ts";
import { contentOf } from "../../../../webview/inspector/content/contentOf.ts";
import { loadingsCsv, vectorNpy } from "../../../../extension/panels/exports.ts";
import {
  largestByMagnitude,
  rankByMagnitude,
  standardDeviation,
} from "../../../../extension/inspector/ranking.ts";
import { himVsHer, realEngine } from "../support/realEngine.ts";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../../../src/activations/openActivationFile.ts";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";

describe("the inspector, on him and her", () => {
  let real: ReturnType<typeof realEngine>;
  let header: RunHeader;
  let view: RunView;
  let components: ComponentView[];
  let swapped: ComponentView;

  beforeAll(async () => {
    real = realEngine();
    const document = await real.engine.calls.run(himVsHer);
    const opened = await real.engine.open(() => Promise.resolve(document));
    ({ header } = opened);
    view = runView("run", header, opened.solution, opened.validation);
    const component = (direction: "forward" | "swapped", index: number) =>
      real.engine.component({ run: header.run, solution: header.made, direction, index });
    components = [await component("forward", 0), await component("forward", 1)];
    swapped = await component("swapped", 0);
  });
  afterAll(() => real.dispose());

  const show = (selection: Selection, component = components[0]) => {
    if (!component) throw new Error("The components were not read.");
    return contentOf(inspect(selection, { view, component, firstComponents: components }));
  };
  const place = { runId: "run", direction: "forward", component: 0 } as const;

  it("says what a component separates, and that it is in sample", () => {
    const shown = show({ kind: "component", runId: "run", direction: "forward", index: 0 });
    expect(shown.title).toBe("Component 1");
    expect(shown.subtitle).toBe("him over her: not tested yet");
    expect(shown.facts.map(({ label }) => label)).toEqual([
      "Eigenvalue",
      "Variance of him",
      "Variance of her",
      "him over her",
      "Mean difference",
    ]);
    expect(shown.facts.map(({ value }) => value).slice(0, 4)).toEqual([
      "187.918",
      "0.687 in sample",
      "0.0000323 in sample",
      "21,286× in sample",
    ]);
    expect(shown.chart).toMatchObject({ kind: "bars" });
  });

  it("turns the words, not the conditions, for the swapped direction", () => {
    const shown = show(
      { kind: "component", runId: "run", direction: "swapped", index: 0 },
      swapped,
    );
    expect(shown.subtitle).toBe("her over him: not tested yet");
    expect(shown.facts[0]?.value).toBe("170.033");
    expect(shown.facts[3]?.label).toBe("her over him");
    expect(shown.facts[3]?.value).toMatch(/^21,7\d\d× in sample$/);
  });

  it("quotes the held-out ratio beside the other once validated", () => {
    const score = (ratio: number) => ({
      carriedVariance: ratio,
      silencedVariance: 1,
      ratio,
      auc: 1,
      magnitudeAuc: 1,
    });
    const scored = { inSample: score(21286), heldOut: score(13.2) };
    const facts = {
      verdict: "holds",
      randomDirections: { median: 1, low: 0.5, high: 2 },
      estimand: "",
    } as const;
    const direction = { ...scored, ...facts, components: [scored] };
    const report = {
      directions: ofDirections(() => direction),
      distinct: { target: 53, reference: 53 },
      clusters: { count: 106, origins: [] },
      traceRatio: 1,
      scheme: { kind: "crossValidation", folds: 5, repeats: 1, seed: 0, grouping: "pairs" },
      warnings: [],
      omitted: [],
      seconds: 1,
    } as const;
    const component = components[0];
    if (!component) throw new Error("The components were not read.");
    const shown = contentOf(
      inspect(
        { kind: "component", runId: "run", direction: "forward", index: 0 },
        {
          view: { ...view, summary: { ...view.summary, validation: report } },
          component,
          firstComponents: [],
        },
      ),
    );
    expect(shown.subtitle).toBe("him over her: holds");
    expect(shown.facts[3]?.value).toBe("13.2× held out, 21,286× in sample");
  });

  it("gives a neuron's place among all, and its statistics", () => {
    const [neuron] = largestByMagnitude(components[0]?.filter ?? new Float64Array(), 1);
    const shown = show({ ...place, kind: "neuron", neuron: neuron ?? 0 });
    expect(shown.title).toBe("Neuron 98");
    expect(shown.facts[0]?.value).toMatch(/\(number 1 of 3,072\)$/);
    expect(shown.facts).toHaveLength(5);
    expect(shown.chart).toMatchObject({ kind: "bars" });
  });

  it("shows a sentence among its condition and beside its counterpart", () => {
    const shown = show({ ...place, kind: "row", condition: "reference", row: 11 });
    const { pairs } = JSON.parse(readFileSync("samples/sentences.json", "utf8")) as {
      pairs: { him: string; her: string }[];
    };
    expect(shown.title).toBe("Row 11 (her)");
    expect(shown.subtitle).toBe(pairs[11]?.her);
    expect(shown.facts.find(({ label }) => label === "Same row of him")?.hint).toBe(pairs[11]?.him);
    expect(shown.facts).toHaveLength(5);
    expect(shown.chart).toMatchObject({
      kind: "strips",
      marked: components[0]?.referenceProjections[11],
    });
  });

  it("exports loadings with full precision, and a filter that reads back as it was", async () => {
    const [component] = components;
    if (!component) throw new Error("The components were not read.");
    const lines = loadingsCsv(header, component).trimEnd().split("\n");
    expect(lines).toHaveLength(3073);
    expect(lines[0]).toBe("neuron,filter,pattern,mean him,mean her,variance him,variance her");
    expect(Number(lines[99]?.split(",")[1])).toBe(component.filter[98]);
    const path = join(mkdtempSync(join(real.folder, "export-")), "filter.npy");
    writeFileSync(path, vectorNpy(component.filter));
    const file = await openActivationFile(path, nodeFileSystem);
    expect(file.tensors[0]).toMatchObject({ shape: [3072], elementType: "float64" });
    const values = new Float64Array(3072);
    await file.readRows("", 0, 3072, values);
    await file.close();
    expect(values).toEqual(component.filter);
  });
});

describe("ranking", () => {
  it("orders by magnitude, ties by place", () => {
    const values = Float64Array.from([1, -3, 3, 0, -2]);
    expect(largestByMagnitude(values, 3)).toEqual([1, 2, 4]);
    expect(largestByMagnitude(values, 99)).toEqual([1, 2, 4, 0, 3]);
    expect(rankByMagnitude(values, 4)).toBe(3);
    expect(rankByMagnitude(values, 2)).toBe(1);
  });

  it("gives numpy's standard deviation with ddof = 1", () => {
    expect(standardDeviation(Float64Array.from([1, 2, 4]))).toBeCloseTo(1.5275252316519468, 15);
    expect(standardDeviation(Float64Array.from([5]))).toBe(0);
  });
});
