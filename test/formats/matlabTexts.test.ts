import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ActivationFile } from "../../src/activations/activationFile.ts";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";

describe("texts of MATLAB 7.3", () => {
  const path = join(__dirname, "data", "v73_cells.mat");
  let file: ActivationFile;

  beforeAll(async () => {
    file = await openActivationFile(path, nodeFileSystem);
  });
  afterAll(() => file.close());

  it("lists cell arrays and character matrices as label vectors", () => {
    const texts = file.tensors.filter(({ elementType }) => elementType === "text");
    const found = Object.fromEntries(texts.map(({ name, shape }) => [name, shape]));
    expect(found).toEqual({ labels: [20], notes: [20], words: [3], mixed: [2] });
  });

  it("reads rows and columns of cells, empty and accented texts too", async () => {
    const labels = await file.readLabels("labels");
    expect(labels).toEqual([...Array(10).fill("him"), ...Array(10).fill("her")]);
    expect((await file.readLabels("notes")).slice(0, 3)).toEqual(["", "naïve €", "x"]);
  });

  it("reads the rows of a character matrix without the blanks that fill them up", async () => {
    expect(await file.readLabels("words")).toEqual(["he", "she", "they"]);
  });

  it("refuses cells of numbers and says which", async () => {
    await expect(file.readLabels("mixed")).rejects.toThrow(/mixed.*cell 2 holds no text/);
  });

  it("says what to save instead of a string array", () => {
    const strings = file.tensors.find(({ name }) => name === "strings");
    expect(strings?.unreadable).toMatch(/MATLAB string .* save cellstr\(strings\)/);
  });
});
