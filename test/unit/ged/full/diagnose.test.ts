import { describe, expect, it } from "vitest";
import { Cancellation } from "../../../../src/cancellation.ts";
import { diagnoseDirect } from "../../../../src/ged/full/diagnose.ts";
import { defaultGedOptions, type GedOptions } from "../../../../src/ged/method/options.ts";
import { planRun } from "../../../../src/ged/method/plan.ts";
import { runGed } from "../../../../src/ged/method/run.ts";
import { createWasmProducts } from "../../../../src/linalg/engines/wasmProducts.ts";
import { summarizeRun } from "../../../../src/runs/summarize.ts";
import type { RunSummary } from "../../../../src/runs/summary.ts";
import { memoryCondition } from "../../../support/memoryCondition.ts";
import { randomRows } from "../../../support/random.ts";

type Rows = number[][];

async function summaryOf(
  target: Rows,
  reference: Rows,
  options: Partial<GedOptions>,
): Promise<RunSummary> {
  const products = await createWasmProducts({ threads: 2 });
  try {
    const all = { ...defaultGedOptions, ...options };
    const plan = planRun(
      { targetRows: target.length, referenceRows: reference.length, columns: target[0].length },
      all,
    );
    const context = { products, cancellation: new Cancellation(), report: () => undefined };
    const conditions = [memoryCondition("him", target), memoryCondition("her", reference)] as const;
    const run = await runGed(...conditions, all, plan, context);
    const summary = summarizeRun(run);
    run.release();
    return summary;
  } finally {
    await products.dispose();
  }
}

/** Rows of `columns` neurons that are combinations of `rank` random ones. */
function ofRank(rank: number, rows: number, columns: number, seed: number): Rows {
  const directions = randomRows(rank, columns, 99);
  return randomRows(rows, rank, seed).map((scores) =>
    Array.from({ length: columns }, (_, j) =>
      scores.reduce((sum, score, c) => sum + score * directions[c][j], 0),
    ),
  );
}

/** Random rows whose last `count` neurons repeat the first. */
function duplicated(count: number, rows: number, columns: number, seed: number): Rows {
  return randomRows(rows, columns, seed).map((row) => [
    ...row.slice(0, columns - count),
    ...row.slice(0, count),
  ]);
}

const routes = ["gram", "covariance", "krylov"] as const;

describe("a direct GED at full width", () => {
  it.each(routes)("is impossible with more rows than neurons of rank 10, by %s", async (route) => {
    const { direct, rank } = await summaryOf(ofRank(10, 400, 64, 1), ofRank(10, 300, 64, 2), {
      route,
    });
    expect(rank.average).toBe(10);
    expect(rank.fullWidth).toMatchObject({ target: 10, reference: 10 });
    expect(direct.possible).toBe(false);
    expect(direct.explanation).toMatch(/impossible: .* rank (at most )?10 of 64/);
  });

  it("is impossible with 5,000 rows of rank 10, whatever route is chosen", async () => {
    const { direct } = await summaryOf(ofRank(10, 5000, 32, 1), ofRank(10, 5000, 32, 2), {});
    expect(direct.possible).toBe(false);
    expect(direct.explanation).toMatch(/has rank 10 of 32 .* 22 dimensions would divide by zero/);
  });

  it.each(["gram", "covariance"] as const)(
    "is impossible where neurons are repeated in the reference alone, by %s",
    async (route) => {
      const { direct, rank } = await summaryOf(randomRows(200, 40, 1), duplicated(3, 200, 40, 2), {
        route,
      });
      expect(rank.fullWidth).toEqual({ target: 40, reference: 37, kind: "exact" });
      expect(direct.possible).toBe(false);
      expect(direct.explanation).toMatch(/rank 37 of 40 \(and that of him 40\)/);
    },
  );

  it.each(["gram", "covariance"] as const)(
    "is possible if the rank says so, by %s",
    async (route) => {
      const { direct } = await summaryOf(randomRows(200, 40, 1), randomRows(200, 40, 2), { route });
      expect(direct.possible).toBe(true);
      expect(direct.explanation).toMatch(/possible: .* has full numerical rank 40/);
    },
  );

  it("is left open where single precision hides the rank", async () => {
    const { direct, rank } = await summaryOf(duplicated(3, 300, 40, 1), duplicated(3, 300, 40, 2), {
      route: "covariance",
      precision: "single",
    });
    expect(rank.fullWidth.kind).toBe("upperBound");
    expect(direct.possible).not.toBe(true);
  });

  it("counts neurons that are constant in the reference alone", async () => {
    const reference = randomRows(900, 800, 2);
    for (const row of reference) row[0] = 5;
    const { direct } = await summaryOf(randomRows(900, 800, 1), reference, { route: "covariance" });
    expect(direct.possible).toBe(false);
    expect(direct.explanation).toMatch(/rank at most 799 of 800/);
  });

  it("is never claimed from a bound", () => {
    const names = { target: "him", reference: "her" };
    const bound = { target: 800, reference: 800, kind: "upperBound" } as const;
    const direct = diagnoseDirect(names, bound, 800);
    expect(direct.possible).toBeNull();
    expect(direct.explanation).toMatch(/^Whether .* was not computed: .* only an upper bound/);
  });
});
