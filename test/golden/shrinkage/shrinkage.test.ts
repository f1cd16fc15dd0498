import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { quietCall } from "../../../src/commandLine/commands/runCommand.ts";
import { Engine } from "../../../src/engine/engine.ts";
import { directionNames, type Directions } from "../../../src/ged/method/directions.ts";
import { defaultGedOptions } from "../../../src/ged/method/options.ts";
import {
  estimatorNames,
  type EstimatorName,
} from "../../../src/ged/method/shrinkage/estimators.ts";

type Expected = Readonly<
  Record<
    "mpnet" | "minilm",
    Readonly<
      Record<
        EstimatorName,
        Directions<{ readonly gamma: number; readonly eigenvalues: readonly number[] }>
      >
    >
  >
>;

/** What scikit-learn estimates of real activations and SciPy solves with it, by `data/expected.py`. */
const expected = JSON.parse(
  readFileSync("test/golden/shrinkage/data/expected.json", "utf8"),
) as Expected;

const engine = new Engine(nodeFileSystem);
afterAll(() => engine.dispose());

describe.each([
  ["mpnet", "samples"],
  ["minilm", "test/golden/data/minilm"],
] as const)("%s", (name, folder) => {
  it.each(estimatorNames)(
    "is shrunk by %s as by scikit-learn, each direction",
    async (shrinkage) => {
      const summary = await engine.summarize(
        {
          target: { path: `${folder}/him.npy` },
          reference: { path: `${folder}/her.npy` },
          options: { ...defaultGedOptions, shrinkage },
        },
        quietCall(),
      );
      expect(summary.shrinkage.estimator).toBe(shrinkage);
      for (const direction of directionNames) {
        const wanted = expected[name][shrinkage][direction];
        expect(summary.shrinkage.gamma[direction] / wanted.gamma).toBeCloseTo(1, 9);
        wanted.eigenvalues.forEach((value, i) => {
          expect(summary.directions[direction].eigenvalues[i] / value).toBeCloseTo(1, 9);
        });
      }
    },
  );
});
