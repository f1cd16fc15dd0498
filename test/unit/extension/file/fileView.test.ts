import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileView, listed } from "../../../../extension/file/fileView.ts";
import { binEdges } from "../../../../webview/file/charts.ts";
import { fileLine, tensorFacts } from "../../../../webview/file/facts.ts";
import { describeTensor } from "../../../../src/protocol/words/shapes.ts";
import { vectorNpy } from "../../../../extension/panels/exports.ts";
import { realEngine } from "../support/realEngine.ts";

describe("the file editor", () => {
  let real: ReturnType<typeof realEngine>;
  beforeAll(() => {
    real = realEngine();
  });
  afterAll(() => real.dispose());

  it("shows the head of a file and the role it was given", async () => {
    const summary = await real.engine.calls.inspect({ path: "samples/him.npy" });
    const marks = { target: { path: "samples/him.npy" } };
    const view = fileView(summary, marks, undefined);
    expect(view.name).toBe("him.npy");
    expect(fileLine(view)).toBe("npy · 651\u00a0kB · 1 tensor");
    expect(view.chosen).toBe("");
    expect(view.tensors.map(({ info, ...choice }) => [describeTensor(info), choice])).toEqual([
      ["53 x 3072 f32", { readable: true, markable: true, nameable: false, role: "target" }],
    ]);
  });

  it("keeps the tensor that was chosen, and falls back to the first that can be shown", async () => {
    const { tensors, ...head } = await real.engine.calls.inspect({ path: "samples/him.npy" });
    const [info] = tensors;
    if (!info) throw new Error("The sample lists no tensor.");
    const summary = {
      ...head,
      tensors: [
        { ...info, name: "labels", elementType: "text" as const },
        { ...info, name: "a" },
        { ...info, name: "b" },
      ],
    };
    expect(fileView(summary, {}, "b").chosen).toBe("b");
    expect(fileView(summary, {}, "gone").chosen).toBe("a");
    expect(fileView(summary, {}, undefined).tensors[0]).toMatchObject({
      readable: false,
      markable: false,
    });
  });

  it("lists a tensor without the names of its columns", async () => {
    const { tensors } = await real.engine.calls.inspect({ path: "samples/him.npy" });
    const [info] = tensors;
    if (!info) throw new Error("The sample lists no tensor.");
    const named = { ...info, columnNames: ["a"], classNames: ["b"] };
    expect(Object.keys(listed(named))).not.toContain("columnNames");
    expect(listed(named)).toEqual(listed(info));
  });

  it("describes real values: range, counts, neurons, first rows", async () => {
    const found = await real.engine.calls.describe({ path: "samples/him.npy", tensor: "" });
    const facts = tensorFacts(found);
    const fact = (label: string) => facts.find((each) => each.label === label)?.value;
    expect(fact("Shape")).toBe("53 x 3072 f32");
    expect(fact("Range")).toBe("\u22120.17 to 2.84");
    expect(fact("NaN or infinite")).toBe("none");
    expect(binEdges(found)).toHaveLength(found.histogram.length + 1);
    expect(found.histogram.reduce((sum, count) => sum + count, 0)).toBe(53 * 3072);
    expect(found.columnMean).toHaveLength(3072);
  });

  it("names the first value that would stop a run", async () => {
    const path = join(await mkdtemp(join(real.folder, "values-")), "broken.npy");
    await writeFile(path, vectorNpy(Float64Array.from([1, 2, Number.NaN, Infinity])));
    const found = await real.engine.calls.describe({ path, tensor: "" });
    const fact = tensorFacts(found).at(-1);
    expect(fact).toMatchObject({
      value: "1 NaN, 1 infinite; the first in row 2, column 0",
      warning: true,
    });
  });
});
