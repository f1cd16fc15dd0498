import { describe, expect, it } from "vitest";
import { importCircles, importGraph } from "../support/importCircles.ts";

describe("files import each other in one direction", () => {
  const graph = importGraph(["src", "extension", "webview"]);

  it("without circles, those of types included", () => {
    expect(graph.size).toBeGreaterThan(400);
    const edges = [...graph.values()].reduce((sum, imports) => sum + imports.length, 0);
    expect(edges).toBeGreaterThan(1000);
    expect(importCircles(graph)).toEqual([]);
  });

  it("and the runs know no panel", () => {
    const runs = [...graph].filter(([file]) => file.startsWith("extension/runs/"));
    expect(runs.length).toBeGreaterThan(10);
    const panels = runs.filter(([, imports]) =>
      imports.some((file) => file.startsWith("extension/panels/")),
    );
    expect(panels).toEqual([]);
  });

  it("a circle would be found, however long", () => {
    const planted = new Map([
      ["a", ["b"]],
      ["b", ["c", "d"]],
      ["c", ["a"]],
      ["d", []],
      ["e", ["e"]],
    ]);
    expect(importCircles(planted)).toEqual([["a", "b", "c"], ["e"]]);
  });
});
