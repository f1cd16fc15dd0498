import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memorySource } from "../../../../src/activations/sources/memorySource.ts";
import type { GedOptions } from "../../../../src/ged/method/options.ts";
import { encodeDocument } from "../../../../src/runs/documentFile.ts";
import { readDocument } from "../../../../src/runs/reading/readDocument.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { randomRows } from "../../../support/random.ts";
import { call, MomentsFolder } from "./momentsFolder.ts";

let folder: MomentsFolder;
const him = "both.moments.safetensors#him";
const her = "both.moments.safetensors#her";

/** Wide: fewer rows than neurons; tall: more. Offsets as activations have them. */
const shapes = {
  wide: { target: 40, reference: 50, columns: 120 },
  tall: { target: 300, reference: 260, columns: 24 },
} as const;

beforeAll(async () => {
  folder = await MomentsFolder.make();
  for (const [name, { target, reference, columns }] of Object.entries(shapes)) {
    const offset = (rows: number[][]) =>
      rows.map((row) => row.map((value, j) => value + 3 + (j % 5)));
    const him = randomRows(target, columns, 11, (j) => 0.9 ** j * (j === 3 ? 4 : 1));
    const her = randomRows(reference, columns, 12, (j) => 0.9 ** j);
    await folder.writeRows(`${name}-him.npy`, offset(him));
    await folder.writeRows(`${name}-her.npy`, offset(her));
    await folder.moments(
      { him: `${name}-him.npy`, her: `${name}-her.npy` },
      `${name}.moments.safetensors`,
    );
  }
});
afterAll(() => folder.close());

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, most = 1e-9): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < found.length; i += 1) {
    const error = Math.abs(found[i] - expected[i]) / Math.abs(expected[i]);
    expect(error, `entry ${i}: ${found[i]}, not ${expected[i]}`).toBeLessThan(most);
  }
}

describe.each(["wide", "tall"] as const)("a run from moments of %s data", (name) => {
  const fromMoments = [
    `${name}.moments.safetensors#him`,
    `${name}.moments.safetensors#her`,
  ] as const;
  const fromRows = [`${name}-him.npy`, `${name}-her.npy`] as const;
  const choices: Partial<GedOptions>[] = [{}, { keep: { count: 6 }, shrinkage: 0.1 }];

  it.each(choices)("has the eigenvalues of the run from rows, %o", async (options) => {
    const moments = await folder.run(...fromMoments, options);
    const rows = await folder.run(...fromRows, options);
    for (const direction of ["forward", "swapped"] as const) {
      const [found, expected] = [moments, rows].map(({ summary }) => summary.directions[direction]);
      expectNear(found.eigenvalues, expected.eigenvalues);
      expectNear(found.carriedVariance, expected.carriedVariance);
    }
    expectNear(moments.summary.compression.eigenvalues, rows.summary.compression.eigenvalues);
    expect(moments.summary.compression.components).toBe(rows.summary.compression.components);
  });

  it.each(choices)("has the held-out ratio of the same folds of rows, %o", async (options) => {
    const moments = await folder.validate(...fromMoments, options);
    const rows = await folder.validate(...fromRows, options);
    for (const direction of ["forward", "swapped"] as const) {
      const [found, expected] = [moments, rows].map(({ directions }) =>
        directions[direction].components.map(({ heldOut, inSample }) => [
          heldOut?.ratio ?? NaN,
          heldOut?.carriedVariance ?? NaN,
          heldOut?.silencedVariance ?? NaN,
          inSample.ratio,
        ]),
      );
      // Of the first component, which is told; later ones of nearly equal eigenvalues are less certain.
      expectNear(found[0], expected[0]);
      expect(found.length).toBe(expected.length);
      expectNear(
        [
          moments.directions[direction].relativeRatio ?? NaN,
          moments.directions[direction].silence ?? NaN,
        ],
        [
          rows.directions[direction].relativeRatio ?? NaN,
          rows.directions[direction].silence ?? NaN,
        ],
      );
    }
    expectNear([moments.traceRatio], [rows.traceRatio]);
  });
});

describe("what a run from moments says", () => {
  let document: RunDocument;
  beforeAll(async () => {
    await folder.moments({ him: "tall-him.npy", her: "tall-her.npy" }, "both.moments.safetensors");
    document = await folder.run(him, her);
  });

  it("names moments as its source, projects no row, and is read back", async () => {
    const { summary, sources, tensors } = document;
    expect([summary.target, summary.reference]).toMatchObject([
      { name: "him", rows: 300, columns: 24 },
      { name: "her", rows: 260, columns: 24 },
    ]);
    expect(summary.warnings[0]).toMatch(/^From moments: sums over 300 and 260 rows/);
    expect(summary.plan.reason).toContain("from moments");
    expect(sources.target).toMatchObject({ format: "moments", tensor: "him" });
    expect(
      Object.keys(tensors).filter((name) => /projections\.(target|reference)|scores/.test(name)),
    ).toEqual([]);
    const again = await readDocument(memorySource("kept", await encodeDocument(document)));
    expect(again.summary).toEqual(summary);
  });

  it("is proposed by the conditions' names, not by the tensors'", async () => {
    const path = folder.at("both.moments.safetensors");
    const { candidates, target, reference, mustChoose } = await folder.engine.propose({
      paths: [path],
    });
    expect(candidates.map(({ name, rows, columns }) => [name, rows, columns])).toEqual([
      ["him", 300, 24],
      ["her", 260, 24],
    ]);
    expect([target?.source, reference?.source, mustChoose]).toEqual([
      { path, tensor: "him" },
      { path, tensor: "her" },
      false,
    ]);
  });

  it("is listed by its conditions, and refused where rows are needed", async () => {
    const path = folder.at("both.moments.safetensors");
    const { format, tensors } = await folder.engine.inspect({ path });
    expect(format).toBe("moments");
    expect(tensors.map(({ name, shape, notes }) => [name, shape, notes])).toEqual([
      [
        "him",
        [300, 24],
        [expect.stringMatching(/sums over these rows in 5 folds; without groups/)],
      ],
      [
        "her",
        [260, 24],
        [expect.stringMatching(/sums over these rows in 5 folds; without groups/)],
      ],
    ]);
    const line = `${path} holds moments, and rows are needed here: choose the activations that they were summed from.`;
    const describeTensor = folder.engine.describe({ path, tensor: "him" }, call());
    await expect(describeTensor).rejects.toThrow(line);
    const { target, reference } = folder.request(him, her);
    const hashes = { target: "", reference: "" };
    const neuron = { target, reference, hashes, neuron: 0 };
    await expect(folder.engine.neuronValues(neuron, call())).rejects.toThrow(line);
    await expect(folder.moments({ him: "both.moments.safetensors" }, "x")).rejects.toThrow(line);
    const mixed = folder.engine.propose({ paths: [path, folder.at("tall-him.npy")] });
    await expect(mixed).rejects.toThrow(
      /holds moments, .*tall-him\.npy rows: make moments of both/,
    );
  });

  it("opens in the panel: solved again, mapped to neurons", async () => {
    const { header } = await folder.engine.load({ document });
    const { run } = header;
    const solution = { shrinkage: 0.1, variance: 0.9 };
    const solved = folder.engine.resolve({ run, solution });
    const anew = await folder.run(him, her, { shrinkage: 0.1, keep: { share: 0.9 } });
    if (solved.kind !== "answer") throw new Error("The run is not loaded.");
    expectNear(
      solved.answer.summary.directions.forward.eigenvalues,
      anew.summary.directions.forward.eigenvalues,
    );
    const component = { run, solution, direction: "forward", index: 0 } as const;
    expect((await folder.engine.component(component)).kind).toBe("answer");
    folder.engine.unload({ run });
  });

  it("keeps a validation in the document: one repeat, no p, nothing of single rows", async () => {
    const report = await folder.validate(him, her);
    expect(report.scheme).toEqual({
      kind: "crossValidation",
      folds: 5,
      repeats: 1,
      seed: 1,
      grouping: "none",
    });
    expect(report.permutations).toBeUndefined();
    expect(report.directions.forward.verdict).toBe("cannot-tell");
    expect(report.directions.forward.heldOut?.auc).toBeUndefined();
    // As the editor hands it to the panel: nothing of it becomes null on the way.
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.omitted.join("\n")).toMatch(
      /^Repeats: from moments.*one repeat.*\nPermutations: from moments/,
    );
    const withReport = { ...document, summary: { ...document.summary, validation: report } };
    const again = await readDocument(memorySource("kept", await encodeDocument(withReport)));
    expect(again.summary.validation?.directions.forward.heldOut?.ratio).toBe(
      report.directions.forward.heldOut?.ratio,
    );
  });

  it("says if other folds were asked for", async () => {
    const report = await folder.validate(him, her, {}, 7, 3);
    expect(report.scheme).toMatchObject({ folds: 5, seed: 1 });
    expect(report.omitted[0]).toContain("not chosen anew: 7 folds and seed 3");
  });

  it("refuses what needs rows, in one line", async () => {
    const refusals: [() => Promise<unknown>, RegExp][] = [
      [() => folder.run(him, "tall-her.npy"), /holds moments, .*tall-her\.npy rows/],
      [
        () => folder.run("both.moments.safetensors", her),
        /several conditions: choose one of him, her/,
      ],
      [
        () => folder.run("both.moments.safetensors#it", her),
        /no condition "it": choose one of him, her/,
      ],
      [() => folder.run(him, him), /same rows/],
      [() => folder.run(`${him}[rows=0:5]`, her), /no rows can be selected/],
      [() => folder.run(him, her, { route: "gram" }), /gram route needs rows/],
      [
        () => folder.run(him, her, { shrinkage: "ledoit-wolf" }),
        /estimated from rows, and moments have none: choose oas or a number/,
      ],
      [
        () =>
          folder.engine.validate(
            {
              ...folder.request(him, her),
              validation: {
                folds: 5,
                repeats: 1,
                permutations: 0,
                seed: 1,
                extended: false,
                trainRows: { start: 0, stop: 9 },
                testRows: { start: 9, stop: 20 },
              },
            },
            call(),
          ),
        /hold no rows to train or test on/,
      ],
    ];
    for (const [ask, line] of refusals) await expect(ask()).rejects.toThrow(line);
  });

  it("refuses to hold out what has no folds, or folds of two kinds", async () => {
    const sources = { him: "tall-him.npy", her: "tall-her.npy" };
    await folder.moments(sources, "none.moments.safetensors", 0);
    await folder.moments(sources, "other.moments.safetensors", 5, 2);
    const none = "none.moments.safetensors";
    await expect(folder.validate(`${none}#him`, `${none}#her`)).rejects.toThrow("has no folds");
    await expect(folder.validate(him, "other.moments.safetensors#her")).rejects.toThrow(
      "no folds that were assigned alike",
    );
    const { directions } = (await folder.run(`${none}#him`, `${none}#her`)).summary;
    expectNear(directions.forward.eigenvalues, document.summary.directions.forward.eigenvalues);
  });
});
