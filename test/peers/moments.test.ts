import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";
import { Cancellation } from "../../src/cancellation.ts";
import { parseSource } from "../../src/conditions/parseSource.ts";
import { Engine } from "../../src/engine/engine.ts";
import { defaultGedOptions } from "../../src/ged/method/options.ts";
import { defaultValidationOptions } from "../../src/ged/validation/options.ts";
import { foldsFault } from "../../src/moments/checkParts.ts";
import { foldOfCluster } from "../../src/moments/hashFolds.ts";
import { chooseRows, rowPriority } from "../../src/moments/reservoir/chooseRows.ts";
import { openMoments } from "../../src/moments/openMoments.ts";

const folder = process.env["EIGENLENS_PEER_FILES"] ?? "";
const { seed, cases } = JSON.parse(readFileSync(join(folder, "moments.json"), "utf8")) as {
  seed: number;
  cases: readonly { name: string; folds: number; groups: number; clusterRows: number }[];
};
const call = () => ({ cancellation: new Cancellation(), report: () => undefined });
const engine = new Engine(nodeFileSystem);
afterAll(() => engine.dispose());

async function readNpy(name: string) {
  const file = await openActivationFile(join(folder, name), nodeFileSystem);
  const [rows = 0, columns = 0] = file.tensors[0]?.shape ?? [];
  const values = new Float64Array(rows * columns);
  await file.readRows("", 0, rows, values);
  await file.close();
  return { rows, columns, values };
}

describe.each(cases)(
  `moments of eigenlens_moments.py, $name, seed ${seed}`,
  ({ name, folds, groups, clusterRows }) => {
    const document = join(folder, `${name}.moments.safetensors`);

    it.each(["him", "her"])(
      "hold what long double gives of %s, in folds by cluster",
      async (condition) => {
        const file = await openMoments(document, nodeFileSystem);
        const rows = await readNpy(`${name}_${condition}.npy`);
        const expected = await readNpy(`${name}_${condition}_covariance.npy`);
        const total = await file.read(condition);
        expect(total.rows).toBe(rows.rows);
        const n = rows.columns;
        for (let i = 0; i < n; i += 1) {
          for (let j = 0; j < n; j += 1) {
            const at = i * n + j;
            const scale = Math.sqrt(expected.values[i * (n + 1)] * expected.values[j * (n + 1)]);
            const error = total.scatter.values[at] / (rows.rows - 1) - expected.values[at];
            expect(Math.abs(error) / scale).toBeLessThan(1e-6);
          }
        }
        expect(
          await foldsFault(total, folds, (fold) => file.read(condition, fold)),
        ).toBeUndefined();
        const counts = Array.from({ length: folds }, () => 0);
        for (let row = 0; row < rows.rows; row += 1) {
          counts[foldOfCluster(`document ${Math.floor(row / clusterRows)}`, seed, folds)] += 1;
        }
        expect(counts.map((_count, fold) => file.rows(condition, fold))).toEqual(counts);
        expect(file.metadata.assignment?.groups).toEqual(
          groups === 0 ? undefined : { count: groups, paired: true },
        );
        await file.close();
      },
    );

    it("run and validate as the rows do", async () => {
      const options = defaultGedOptions;
      const request = (target: string, reference: string) => ({
        target: parseSource(target),
        reference: parseSource(reference),
        options,
      });
      const moments = request(`${document}#him`, `${document}#her`);
      const rows = request(join(folder, `${name}_him.npy`), join(folder, `${name}_her.npy`));
      const [found, expected] = [
        await engine.summarize(moments, call()),
        await engine.summarize(rows, call()),
      ];
      found.directions.forward.eigenvalues.forEach((value, c) => {
        const other = expected.directions.forward.eigenvalues[c] ?? NaN;
        expect(Math.abs(value - other) / other).toBeLessThan(1e-9);
      });
      const validation = { ...defaultValidationOptions, permutations: 20, extended: false };
      const report = await engine.validate({ ...moments, validation }, call());
      const { forward } = report.directions;
      expect(forward.heldOut?.ratio).toBeGreaterThan(1);
      expect(forward.permutation?.heldOut?.p).toEqual(
        groups === 0 ? undefined : expect.closeTo(1 / 21, 12),
      );
    });
  },
);

it.each(["paired", "apart"])(
  "groups of clusters are those that eigenlens moments --groups writes, %s",
  async (kind) => {
    const at = (writer: string) => join(folder, `${kind}_${writer}.moments.safetensors`);
    const conditions = ["him", "her"].map((name) => ({
      name,
      source: parseSource(join(folder, `${kind}_${name}.csv`)),
    }));
    const request = { conditions, folds: 4, groups: 8, seed, out: at("typescript") };
    await engine.moments.make(request, call());
    const [own, other] = await Promise.all(
      ["python", "typescript"].map((writer) => openMoments(at(writer), nodeFileSystem)),
    );
    if (own === undefined || other === undefined) throw new Error("There are two documents.");
    expect(own.metadata.assignment).toEqual(other.metadata.assignment);
    expect(own.metadata.assignment?.groups?.paired).toBe(kind === "paired");
    expect(own.conditions).toEqual(other.conditions);
    for (const condition of own.conditions) {
      for (let group = 0; group < 8; group += 1) {
        const [found, expected] = [
          await own.readGroup(condition, group),
          await other.readGroup(condition, group),
        ];
        expect(found.rows).toBe(expected.rows);
        expect(worstDifference(found.mean, expected.mean)).toBeLessThan(1e-12);
        expect(worstDifference(found.scatter.values, expected.scatter.values)).toBeLessThan(1e-10);
      }
    }
    await Promise.all([own.close(), other.close()]);
  },
);

it.each([
  ["reservoir0", 0, [""]],
  ["reservoir1", 4, [""]],
  ["reservoir2", 4, [""]],
  ["reservoir_parts", 4, ["a", "b", "c"]],
])("rows that are kept are those that this side would keep, %s", async (name, folds, parts) => {
  const file = await openMoments(join(folder, `${name}.moments.safetensors`), nodeFileSystem);
  const design = { seed, size: 25 };
  expect(file.reservoir?.design).toEqual(design);
  for (const condition of file.conditions) {
    const kept = await file.reservoir?.read(condition);
    const rows = file.rows(condition) / parts.length;
    const least = parts
      .flatMap((part) => chooseRows(rows, design, condition, part).map((row) => ({ part, row })))
      .map((each) => ({ ...each, priority: rowPriority(seed, condition, each.part, each.row) }))
      .sort((a, b) => (a.priority < b.priority ? -1 : 1))
      .slice(0, design.size)
      .sort((a, b) => (a.part < b.part ? -1 : a.part > b.part ? 1 : a.row - b.row));
    expect(kept?.index).toEqual(least.map(({ row }) => row));
    expect(kept?.parts ?? least.map(() => "")).toEqual(least.map(({ part }) => part));
    expect(kept?.texts).toEqual(least.map(({ part, row }) => `${condition} ${part} ${row} \ud83d`));
    expect(kept?.folds?.length ?? 0).toBe(folds === 0 ? 0 : design.size);
  }
  await file.close();
});

function worstDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b[i] ?? NaN))), 0);
}
