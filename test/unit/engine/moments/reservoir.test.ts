import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { memorySource } from "../../../../src/activations/sources/memorySource.ts";
import { openMoments } from "../../../../src/moments/openMoments.ts";
import type { KeptRows } from "../../../../src/moments/reservoir/keptRows.ts";
import { encodeDocument } from "../../../../src/runs/documentFile.ts";
import { readDocument } from "../../../../src/runs/reading/readDocument.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { randomRows } from "../../../support/random.ts";
import { MomentsFolder } from "./momentsFolder.ts";

let folder: MomentsFolder;
let document: RunDocument;
let kept: { readonly target: KeptRows; readonly reference: KeptRows };
const him = "x.moments.safetensors#him";
const her = "x.moments.safetensors#her";
const rows = { him: 120, her: 100 } as const;
const size = 30;
const columns = 10;

beforeAll(async () => {
  folder = await MomentsFolder.make();
  const header = [...Array.from({ length: columns }, (_, j) => `n${j}`), "sentence"].join(",");
  for (const [name, seed] of [
    ["him", 71],
    ["her", 72],
  ] as const) {
    const scale = (j: number) => 0.9 ** j * (name === "him" && j === 3 ? 4 : 1);
    const values = randomRows(rows[name], columns, seed, scale);
    const lines = values.map((row, i) => [...row.map((v) => v + 2), `${name} says ${i}`].join(","));
    await folder.write(`${name}.csv`, [header, ...lines].join("\n"));
  }
  await folder.moments({ him: "him.csv", her: "her.csv" }, "x.moments.safetensors", 5, 1, {
    reservoir: { size },
  });
  document = await folder.run(him, her);
  const file = await openMoments(folder.at("x.moments.safetensors"), nodeFileSystem);
  const [target, reference] = [
    await file.reservoir?.read("him"),
    await file.reservoir?.read("her"),
  ];
  if (target === undefined || reference === undefined) throw new Error("Rows are kept.");
  kept = { target, reference };
  await file.close();
});
afterAll(() => folder.close());

describe("a run from moments that keep some rows", () => {
  it("says of how many, with their sentences, and is read back", async () => {
    const again = await readDocument(memorySource("kept", await encodeDocument(document)));
    expect(again.summary.atHand).toEqual({ target: size, reference: size });
    expect(again.sentences?.target).toEqual(kept.target.index.map((i) => `him says ${i}`));
    expect(again.summary.warnings.join("\n")).toContain(
      "30 of 120 and 30 of 100 rows, drawn at random, are projected",
    );
  });

  it("projects them as the run from all rows does", async () => {
    const all = await folder.run("him.csv", "her.csv");
    for (const condition of ["target", "reference"] as const) {
      for (const name of [`projections.${condition}`, `swapped.projections.${condition}`]) {
        const [found, wanted] = [document.tensors[name], all.tensors[name]];
        if (found === undefined || wanted === undefined) throw new Error(`${name} is missing.`);
        const width = found.shape[1] ?? 0;
        expect(found.shape).toEqual([size, width]);
        kept[condition].index.forEach((row, place) => {
          // Component 1: later ones of nearly equal eigenvalues are less certain.
          const expected = wanted.values[row * (wanted.shape[1] ?? 0)] ?? NaN;
          expect(found.values[place * width]).toBeCloseTo(expected, 9);
        });
      }
    }
  });

  it("scores them held out as the validation of all rows does with the same folds", async () => {
    const [found, wanted] = [
      await folder.validate(him, her),
      await folder.validate("him.csv", "her.csv"),
    ];
    for (const direction of ["forward", "swapped"] as const) {
      const own = found.directions[direction];
      const all = wanted.directions[direction].heldOutScores;
      expect(own.heldOutScores).toEqual(own.components[0]?.heldOutScores);
      for (const condition of ["target", "reference"] as const) {
        kept[condition].index.forEach((row, place) => {
          const expected = all?.[condition][row] ?? NaN;
          expect(own.heldOutScores?.[condition][place]).toBeCloseTo(expected, 9);
        });
      }
    }
    expect(found.omitted.join("\n")).toContain("only those of the 30 and 30 rows that were kept");
    const summary = { ...document.summary, validation: found };
    const stored = await encodeDocument({ ...document, summary });
    const again = await readDocument(memorySource("kept", stored));
    expect(again.summary.validation?.directions.forward.heldOutScores?.target).toHaveLength(size);
  });

  it("is solved again in the panel, projections and all", async () => {
    const { header } = await folder.engine.load({ document });
    const { run } = header;
    const solution = { shrinkage: 0.1, variance: 0.9 };
    expect(folder.engine.resolve({ run, solution }).kind).toBe("answer");
    const place = { run, solution, direction: "forward", index: 0 } as const;
    const found = await folder.engine.component(place);
    if (found.kind !== "answer") throw new Error("The run is not loaded.");
    expect(found.answer.targetProjections).toHaveLength(size);
    folder.engine.unload({ run });
  });
});

describe("parts of a job array that keep rows", () => {
  const part = (name: string, range: string, reservoir: object) =>
    folder.moments(
      { him: `him.csv[rows=${range}]`, her: `her.csv[rows=${range}]` },
      `${name}.moments.safetensors`,
      5,
      1,
      { rule: "hash", ...reservoir },
    );

  it("add up in any order, each under its own name", async () => {
    await part("a", "0:50", { reservoir: { size: 12, part: "a" } });
    await part("b", "50:100", { reservoir: { size: 12, part: "b" } });
    const names = ["a", "b"].map((name) => `${name}.moments.safetensors`);
    await folder.merge(names, "ab.moments.safetensors");
    await folder.merge([...names].reverse(), "ba.moments.safetensors");
    const read = async (name: string) => {
      const file = await openMoments(folder.at(name), nodeFileSystem);
      const found = await file.reservoir?.read("him");
      await file.close();
      return found;
    };
    const found = await read("ab.moments.safetensors");
    expect(found).toEqual(await read("ba.moments.safetensors"));
    expect(found?.index).toHaveLength(12);
    expect(new Set(found?.parts)).toEqual(new Set(["a", "b"]));
    found?.texts?.forEach((text, place) => {
      const start = found.parts?.[place] === "b" ? 50 : 0;
      expect(text).toBe(`him says ${start + (found.index[place] ?? NaN)}`);
    });
  });

  it("are refused if they are not told apart, or were drawn differently", async () => {
    await part("c", "0:50", { reservoir: { size: 12 } });
    await part("d", "50:100", { reservoir: { size: 12 } });
    const merge = (...names: readonly string[]) =>
      folder.merge(
        names.map((name) => `${name}.moments.safetensors`),
        "out.moments.safetensors",
      );
    await expect(merge("c", "d")).rejects.toThrow(/both keep row \d+ of him: give each part/);
    await part("e", "50:100", { reservoir: { size: 13 } });
    await expect(merge("c", "e")).rejects.toThrow(/make all parts with the same --reservoir/);
    await expect(part("f", "0:50", { reservoir: { size: 20_000 } })).rejects.toThrow(
      "choose at most 10000",
    );
  });

  it("keep none together if one of them keeps none", async () => {
    await part("g", "0:50", { reservoir: { size: 12, part: "g" } });
    await part("h", "50:100", {});
    const names = ["g", "h"].map((name) => `${name}.moments.safetensors`);
    await folder.merge(names, "gh.moments.safetensors");
    const file = await openMoments(folder.at("gh.moments.safetensors"), nodeFileSystem);
    expect(file.reservoir).toBeUndefined();
    await file.close();
  });
});
