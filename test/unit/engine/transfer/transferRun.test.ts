import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { Cancellation } from "../../../../src/cancellation.ts";
import { parseSource } from "../../../../src/conditions/parseSource.ts";
import { Engine } from "../../../../src/engine/engine.ts";
import { defaultGedOptions } from "../../../../src/ged/method/options.ts";
import { memorySource } from "../../../../src/activations/sources/memorySource.ts";
import { encodeDocument } from "../../../../src/runs/documentFile.ts";
import { readDocument } from "../../../../src/runs/reading/readDocument.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { withTransfer, type RunTransfer } from "../../../../src/runs/runTransfer.ts";

const call = () => ({ cancellation: new Cancellation(), report: () => undefined });
const rows = (range: string) => ({
  target: parseSource(`samples/him.npy[rows=${range}]`),
  reference: parseSource(`samples/her.npy[rows=${range}]`),
});
const exchanges = { permutations: 50, seed: 1 };
const again = async (document: RunDocument) =>
  readDocument(memorySource("kept", await encodeDocument(document)));

describe("a run's directions on other rows", () => {
  const engine = new Engine(nodeFileSystem);
  let document: RunDocument;
  let transfer: RunTransfer;

  beforeAll(async () => {
    document = await engine.run({ ...rows("0:40"), options: defaultGedOptions }, call());
    transfer = await engine.transferRun({ document, ...rows("40:53"), ...exchanges }, call());
  });
  afterAll(() => engine.dispose());

  it("says of each component what the transfer of that component alone says", async () => {
    for (const direction of ["forward", "swapped"] as const) {
      expect(transfer[direction].map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
      for (const { index, transferred, ratioInterval, aucInterval, p } of transfer[direction]) {
        const request = { ...rows("40:53"), ...exchanges };
        const alone = await engine.transfer(document, direction, index, request, call());
        const { carriedVariance, silencedVariance, auc, magnitudeAuc } = alone.score;
        expect(transferred).toEqual({ carriedVariance, silencedVariance, auc, magnitudeAuc });
        expect(ratioInterval).toEqual(alone.ratioInterval);
        expect(aucInterval).toEqual(alone.aucInterval);
        expect(p).toBe(alone.permutation?.p);
      }
    }
  });

  it("agrees with NumPy and SciPy in float64", () => {
    const ratios = [transfer.forward[0], transfer.swapped[0]].map((first) =>
      first ? first.transferred.carriedVariance / first.transferred.silencedVariance : Number.NaN,
    );
    expect((ratios[0] ?? 0) / 8.350506495473091).toBeCloseTo(1, 8);
    expect((ratios[1] ?? 0) / 7.044711761184944).toBeCloseTo(1, 8);
  });

  it("sets the run's own ratio beside it, and names files and rows", () => {
    const { forward, swapped } = document.summary.directions;
    expect(transfer.forward[1]?.inSample.carriedVariance).toBe(forward.carriedVariance[1]);
    expect(transfer.swapped[0]?.inSample.silencedVariance).toBe(swapped.silencedVariance[0]);
    expect(transfer.target).toMatchObject({ label: "him.npy[rows=40:53]", rows: 13 });
    expect(transfer.warnings).toEqual([]);
  });

  it("has no interval where two rows leave none", async () => {
    const few = await engine.transferRun({ document, ...rows("50:52"), ...exchanges }, call());
    expect(few.forward[0]?.ratioInterval).toBeUndefined();
    expect(few.forward[0]?.transferred.carriedVariance).toBeGreaterThan(0);
  });

  it("warns of rows that were fitted", async () => {
    const { warnings } = await engine.transferRun(
      { document, ...rows("30:53"), ...exchanges },
      call(),
    );
    expect(warnings).toEqual([
      expect.stringMatching(/^Some of these rows are rows that the direction was fitted on/),
    ]);
  });

  it("stops when asked to", async () => {
    const cancellation = new Cancellation();
    const many = { ...rows("40:53"), permutations: 1_000_000, seed: 1 };
    const report = () => cancellation.request();
    await expect(
      engine.transferRun({ document, ...many }, { cancellation, report }),
    ).rejects.toMatchObject({ code: "cancelled" });
  });

  it("is kept in the document, which opens without any as well", async () => {
    const kept = await again({ ...document, transfers: [transfer] });
    expect(kept.transfers).toEqual([transfer]);
    expect((await again(document)).transfers).toBeUndefined();
  });

  it("stands once for each question, the newest first", () => {
    const other = { ...transfer, seed: 2 };
    const repeated = { ...transfer, created: "2100-01-01T00:00:00.000Z" };
    expect(withTransfer([other, transfer], repeated)).toEqual([repeated, other]);
    expect(withTransfer([transfer], other)).toEqual([other, transfer]);
  });
});
