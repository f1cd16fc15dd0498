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
import { openMoments } from "../../src/moments/openMoments.ts";

const folder = process.env["EIGENLENS_PEER_FILES"] ?? "";
const { seed, cases } = JSON.parse(readFileSync(join(folder, "moments.json"), "utf8")) as {
  seed: number;
  cases: readonly { name: string; folds: number; clusterRows: number }[];
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
  ({ name, folds, clusterRows }) => {
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
      const validation = { ...defaultValidationOptions, permutations: 0, extended: false };
      const report = await engine.validate({ ...moments, validation }, call());
      expect(report.directions.forward.heldOut?.ratio).toBeGreaterThan(1);
    });
  },
);
