import { describe, expect, it } from "vitest";
import { reproduceNotebook } from "../../../../src/exports/python/notebook.ts";
import { reproduceScript } from "../../../../src/exports/python/reproduceScript.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { makeRun } from "../../../support/makeRun.ts";

const twelve = Uint32Array.from({ length: 12 }, (_, i) => i);
const rows = { target: twelve, reference: twelve };

interface Notebook {
  readonly nbformat: number;
  readonly nbformat_minor: number;
  readonly metadata: object;
  readonly cells: readonly {
    readonly id: string;
    readonly cell_type: string;
    readonly source: readonly string[];
    readonly outputs?: readonly unknown[];
    readonly execution_count?: null;
  }[];
}

const notebookOf = (document: RunDocument) =>
  JSON.parse(reproduceNotebook(document, rows)) as Notebook;

describe("a notebook", () => {
  it("is of version 4.5, not executed, its cells named", async () => {
    const notebook = notebookOf(await makeRun());
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(notebook.metadata).toMatchObject({ kernelspec: { name: "python3" } });
    expect(notebook.cells.map(({ cell_type }) => cell_type)).toEqual(["markdown", "code", "code"]);
    expect(new Set(notebook.cells.map(({ id }) => id)).size).toBe(3);
    for (const { id, cell_type, outputs, execution_count } of notebook.cells) {
      expect(id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
      if (cell_type === "code") expect([outputs, execution_count]).toEqual([[], null]);
    }
  });

  it("holds the script, and what the run found", async () => {
    const document = await makeRun();
    const [introduction, ...code] = notebookOf(document).cells.map(({ source }) => source.join(""));
    const script = reproduceScript(document, rows);
    for (const cell of code) expect(script).toContain(cell);
    expect(code.join("").length).toBeGreaterThan(0.9 * script.length);
    const { compression, directions } = document.summary;
    expect(introduction).toContain(`${String(compression.components)} components`);
    expect(introduction).toContain(String(directions.forward.eigenvalues[0]));
  });

  it("keeps names from being obeyed", async () => {
    const document = await makeRun();
    const { summary } = document;
    const name = '<img src=x onerror="a()">\u202e\n# [x](javascript:a) $x$ `y`';
    const named = { ...document, summary: { ...summary, target: { ...summary.target, name } } };
    const [introduction] = notebookOf(named).cells;
    const [title = "", second] = introduction?.source ?? [];
    expect(title).toContain("\\<img");
    expect(title).toContain("\\[x\\](javascript:a) \\$x\\$ \\`y\\`");
    expect(title).not.toContain("\u202e");
    expect(second).toBe("\n");
  });

  it("is refused for a source that Python does not read in a line", async () => {
    const document = await makeRun();
    const { target } = document.sources;
    const sources = { ...document.sources, target: { ...target, format: "csv" } };
    expect(() => reproduceNotebook({ ...document, sources }, rows)).toThrow(/is csv: write it as/);
  });
});
