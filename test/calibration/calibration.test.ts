import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cells, type Cell, type Outcome } from "./cells.ts";
import { drawCalibration } from "./draw.ts";
import { powerOfKnownDirection } from "./knownDirection.ts";
import { describeCalibration } from "./readme.ts";
import { CellRunner } from "./runCells.ts";
import { summarize, type Summary } from "./summary.ts";

/**
 * Every kind of data set, 400 seeded sets each; a quarter of them of the less common kinds, with wider bounds.
 * CALIBRATION_SETS=50 gives a quick look with wider bounds;
 * CALIBRATION_ONLY is a regular expression for names of cells. What is finished stays in output/.
 */
const sets = Number(process.env.CALIBRATION_SETS ?? 400);
const setsForPower = Math.ceil(0.25 * sets);
const only = process.env.CALIBRATION_ONLY;
const chosen = cells.filter(({ name }) => only === undefined || new RegExp(only).test(name));
const output = "test/calibration/output";
const summaries: Summary[] = [];
let runner: CellRunner<Outcome>;

beforeAll(async () => {
  runner = await CellRunner.open(output, "test/calibration/process.ts");
});

afterAll(() => {
  mkdirSync(output, { recursive: true });
  writeFileSync(`${output}/calibration.json`, JSON.stringify(summaries, null, 1));
  const folder = only === undefined ? "test/calibration" : output;
  writeFileSync(`${folder}/calibration.svg`, drawCalibration(summaries));
  writeFileSync(`${folder}/README.md`, describeCalibration(summaries));
});

/** Fewer data sets than a bound is meant for may stray by three standard errors. */
function withError(bound: number, share: number, count: number, meant = 400): number {
  if (count >= meant) return bound;
  return Math.max(bound, share + 3 * Math.sqrt((share * (1 - share)) / count));
}

async function summary(cell: Cell, count: number): Promise<Summary> {
  const own = summarize(cell, await runner.outcomes(cell.name, count));
  const at = summaries.findIndex(({ name }) => name === cell.name);
  if (at < 0) summaries.push(own);
  else summaries[at] = own;
  console.log(
    own.name.padEnd(34),
    ...[own.significant, own.covers, own.holds].map((shares) =>
      shares.map((share) => `${(100 * share).toFixed(1)} %`.padStart(8)).join(""),
    ),
  );
  return own;
}

async function checkNull(cell: Cell): Promise<void> {
  const small = cell.name.startsWith("8 against 8");
  const count = cell.part === "hostile" ? Math.ceil(0.25 * sets) : sets;
  let own = await summary(cell, count);
  if (Math.max(...own.significant) > withError(small ? 0.09 : 0.075, 0.05, count)) {
    own = await summary(cell, 5 * count);
    const bound = withError(0.065, 0.05, 5 * count, 2000);
    expect(Math.max(...own.significant)).toBeLessThanOrEqual(bound);
  }
  expect(Math.min(...own.covers)).toBeGreaterThanOrEqual(1 - withError(0.1, 0.05, count));
  // If there are few clusters to permute, the interval is wider than need be.
  const most = cell.part === "hostile" ? 1 : 0.95 + withError(0.03, 0, count);
  expect(Math.max(...own.covers)).toBeLessThanOrEqual(count < 400 ? 1 : most);
}

async function checkScale(cell: Cell): Promise<void> {
  const own = await summary(cell, sets);
  expect(Math.max(...own.holds)).toBeLessThanOrEqual(withError(0.075, 0.05, sets));
}

async function checkPower(cell: Cell): Promise<void> {
  const own = await summary(cell, setsForPower);
  const [share] = own.significant;
  const bound = powerOfKnownDirection(Number.parseFloat(cell.name), 53);
  expect(share).toBeLessThanOrEqual(
    bound + 3 * Math.sqrt(Math.max(0.02, bound * (1 - bound)) / setsForPower),
  );
  if (cell.name.startsWith("32")) expect(share).toBeGreaterThan(0.9);
}

const checks: Readonly<Record<Cell["part"], (cell: Cell) => Promise<void>>> = {
  plain: checkNull,
  hostile: checkNull,
  transfer: checkNull,
  scale: checkScale,
  power: checkPower,
};

describe("calibration", () => {
  it.each(chosen)("$part: $name", (cell) => checks[cell.part](cell));
});
