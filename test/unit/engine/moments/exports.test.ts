import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { directionVectors } from "../../../../src/exports/bundle/directionVectors.ts";
import { directionBundle } from "../../../../src/exports/bundle/directionBundle.ts";
import { controlVector } from "../../../../src/exports/gguf/controlVector.ts";
import { reproduceNotebook } from "../../../../src/exports/python/notebook.ts";
import { reproduceScript } from "../../../../src/exports/python/reproduceScript.ts";
import { steeringScript } from "../../../../src/exports/python/steeringScript.ts";
import { runFigures } from "../../../../src/exports/figures/figures.ts";
import { reportMarkdown } from "../../../../src/exports/report/markdown.ts";
import { makeReport } from "../../../../src/exports/report/report.ts";
import { runTables } from "../../../../src/exports/report/tables.ts";
import type { ExportedComponent } from "../../../../src/exports/bundle/exportedRun.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { residualStream } from "../../../support/exportedComponent.ts";
import { randomRows } from "../../../support/random.ts";
import { MomentsFolder } from "./momentsFolder.ts";

let folder: MomentsFolder;
let document: RunDocument;
let exported: ExportedComponent;
let fromRows: ExportedComponent;

beforeAll(async () => {
  folder = await MomentsFolder.make();
  for (const [name, seed] of [
    ["him", 61],
    ["her", 62],
  ] as const) {
    const rows = randomRows(150, 12, seed, (j) => 0.9 ** j * (seed === 61 && j === 1 ? 4 : 1));
    await folder.writeRows(
      `${name}.npy`,
      rows.map((row) => row.map((value, j) => value + (seed === 61 ? j % 3 : 0))),
    );
    await folder.write(`${name}.capture.json`, JSON.stringify(residualStream));
  }
  const sources = { him: "him.npy", her: "her.npy" };
  await folder.moments(sources, "x.moments.safetensors", 5, 1, { groups: 20 });
  const [him, her] = ["x.moments.safetensors#him", "x.moments.safetensors#her"] as const;
  const run = await folder.run(him, her);
  const validation = await folder.validate(him, her);
  document = { ...run, summary: { ...run.summary, validation } };
  exported = { document, component: await folder.engine.componentOf(document, "forward", 0) };
  const rows = await folder.run("him.npy", "her.npy");
  fromRows = { document: rows, component: await folder.engine.componentOf(rows, "forward", 0) };
});
afterAll(() => folder.close());

describe("exports of a run from moments", () => {
  it("have the vectors that the rows give: filter, pattern, means, discriminant and eraser", () => {
    const [found, wanted] = [directionVectors(exported), directionVectors(fromRows)];
    expect(Object.keys(found).sort()).toEqual(Object.keys(wanted).sort());
    for (const [name, values] of Object.entries(found) as [keyof typeof found, Float64Array][]) {
      values.forEach((value, j) => expect(value, name).toBeCloseTo(wanted[name]?.[j] ?? NaN, 9));
    }
    expect(directionBundle(exported).length).toBe(directionBundle(fromRows).length);
    expect(controlVector(exported, "mean-difference").length).toBeGreaterThan(100);
  });

  it.each(["read", "add", "erase"] as const)("are a script to %s", (use) => {
    const options = { use, tool: "transformers", added: "mean-difference", name: "x" } as const;
    expect(steeringScript(exported, options)).toContain("def ");
  });

  it("are a script and a notebook that start from the document, with NumPy alone", async () => {
    const rows = await folder.engine.fileRows(document);
    expect([rows.target.length, rows.reference.length]).toEqual([0, 0]);
    const script = reproduceScript(document, rows);
    expect(script).toContain('"tensor": "him"');
    expect(script).not.toMatch(/scipy|READERS/i);
    const notebook = reproduceNotebook(document, rows);
    expect(notebook).toContain("It needs NumPy, and checks that it has the moments");
  });

  it("are a report and tables that say where they come from, without what rows would add", () => {
    const report = reportMarkdown(makeReport(exported));
    expect(report).toContain("From moments: sums over 150 and 150 rows");
    expect(report).not.toMatch(/undefined|NaN/);
    expect(runFigures(exported).map(({ name }) => name)).toEqual(["scree", "spectrum"]);
    expect(runTables(exported).map(({ name }) => name)).toContain("components");
  });
});
