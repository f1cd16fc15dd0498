import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { prepareTensorflow } from "./prepare.mjs";

const folder = prepareTensorflow();

interface Printed {
  readonly plan: { readonly engine: string };
  readonly compression: { readonly components: number };
  readonly separation: { readonly eigenvalues: readonly number[] };
  readonly swapped: { readonly eigenvalues: readonly number[] };
}

/** The built command line on the samples, the accelerator looked for in this folder. */
function runSamples(tensorflow: string): { printed: Printed; log: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...["dist/cli.js", "run", "samples/him.npy", "samples/her.npy"],
      ...["--json", "--engine", "tensorflow"],
    ],
    {
      encoding: "utf8",
      maxBuffer: 1 << 26,
      env: { ...process.env, EIGENLENS_TENSORFLOW: tensorflow, EIGENLENS_DEBUG: "1" },
    },
  );
  expect(status, stderr).toBe(0);
  return { printed: JSON.parse(stdout) as Printed, log: stderr };
}

function expectGolden({ compression, separation, swapped }: Printed): void {
  expect(compression.components).toBe(74);
  expect(separation.eigenvalues[0]).toBeCloseTo(187.918, 3);
  expect(swapped.eigenvalues[0]).toBeCloseTo(170.033, 3);
}

test("the samples' golden numbers come out with the accelerator", () => {
  const { printed, log } = runSamples(folder);
  expect(printed.plan.engine).toBe("tensorflow");
  expect(log).not.toMatch(/accelerator is not used/);
  expectGolden(printed);
});
