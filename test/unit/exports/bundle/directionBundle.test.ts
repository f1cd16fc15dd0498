import { describe, expect, it } from "vitest";
import { directionBundle } from "../../../../src/exports/bundle/directionBundle.ts";
import type { ExportedComponent } from "../../../../src/exports/bundle/exportedRun.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { takeApart } from "../../../support/documentBytes.ts";
import {
  exportedComponent,
  residualStream,
  withProvenance,
} from "../../../support/exportedComponent.ts";
import { makeRun } from "../../../support/makeRun.ts";
import { randomRows } from "../../../support/random.ts";
import { richDocument } from "../../../support/richDocument.ts";

const columns = 40;
const decay = (column: number) => 0.85 ** column;

describe("a direction bundle", () => {
  it("reads with the filter and adds with the mean difference, whichever condition is carried", async () => {
    const document = await makeRun();
    for (const direction of ["forward", "swapped"] as const) {
      const { vector, metadata } = await bundle(document, direction);
      const [carried, silenced] = direction === "forward" ? [7, 8] : [8, 7];
      const carriedRows = randomRows(12, columns, carried, decay);
      const silencedRows = randomRows(12, columns, silenced, decay);
      const filter = vector("filter");
      expect(dot(filter, filter)).toBeCloseTo(1, 12);
      expect(dot(filter, vector("pattern"))).toBeCloseTo(1, 12);
      expect(Number(metadata.sd_carried)).toBeCloseTo(deviation(carriedRows, filter), 10);
      expect(Number(metadata.sd_silenced)).toBeCloseTo(deviation(silencedRows, filter), 10);
      const difference = vector("mean_difference");
      meanOf(carriedRows).forEach((value, j) => {
        expect(vector("mean_carried")[j]).toBeCloseTo(value, 12);
        expect(difference[j]).toBeCloseTo(value - meanOf(silencedRows)[j], 12);
      });
      expect(metadata).toMatchObject({
        format: "eigenlens.direction/1",
        carried: direction === "forward" ? "target" : "reference",
        silenced: direction === "forward" ? "reference" : "target",
        component: "1",
        gamma: "0.01",
        share: "0.99",
        components: String(document.summary.compression.components),
      });
    }
  });

  it("erases: the means become one and stay where all rows have theirs", async () => {
    const { vector } = await bundle(await makeRun(), "swapped");
    const [left, right, bias] = ["erase_left", "erase_right", "erase_bias"].map(vector);
    const erased = (rows: readonly number[][]) =>
      rows.map((row) => {
        const step = dot(
          right,
          row.map((value, j) => value - bias[j]),
        );
        return row.map((value, j) => value - left[j] * step);
      });
    const target = meanOf(erased(randomRows(12, columns, 7, decay)));
    const reference = meanOf(erased(randomRows(12, columns, 8, decay)));
    target.forEach((value, j) => {
      expect(value).toBeCloseTo(reference[j], 12);
      expect(value).toBeCloseTo(bias[j], 12);
    });
  });

  it("leaves out what nobody knows", async () => {
    const { metadata } = await bundle(await makeRun(), "forward");
    const unknown = ["ratio_held_out", "p", "sd_carried_held_out", "model", "layer", "token_rule"];
    for (const key of unknown) expect(metadata).not.toHaveProperty(key);
  });

  it("has the held-out numbers of the direction that it is", async () => {
    const rich = await richDocument();
    const { validation } = rich.summary;
    // Kept by an earlier Eigenlens, which knew no eraser.
    const eraser = { shape: [6], values: new Float64Array(6) };
    const document = { ...rich, tensors: { ...rich.tensors, "difference.eraser": eraser } };
    const { metadata } = await bundle(document, "swapped", 1);
    const second = validation?.directions.swapped.components[1];
    expect(Number(metadata.ratio_held_out)).toBe(second?.heldOut?.ratio);
    expect(Number(metadata.ratio_held_out_low)).toBe(second?.heldOutRatioInterval?.low);
    expect(Number(metadata.p)).toBe(second?.correctedP?.heldOut);
    const first = await bundle(document, "forward");
    expect(Number(first.metadata.p)).toBe(validation?.directions.forward.permutation?.heldOut?.p);
  });

  it("keeps of the provenance what both conditions say alike, and the run's own choice of token", async () => {
    const document = withProvenance(
      await makeRun(),
      { model: "m", layer: "5", site: "a" },
      { model: "m", layer: "6", site: "a" },
    );
    const { metadata } = await bundle(document, "forward");
    expect(metadata).toMatchObject({ model: "m", site: "a" });
    expect(metadata).not.toHaveProperty("layer");
    const { sources } = document;
    const chosen = { token: { kind: "last" } } as const;
    const selected = {
      ...document,
      sources: {
        target: { ...sources.target, condition: { ...sources.target.condition, ...chosen } },
        reference: {
          ...sources.reference,
          condition: { ...sources.reference.condition, ...chosen },
        },
      },
    };
    expect((await bundle(selected, "forward")).metadata.token_rule).toBe("last");
    const written = withProvenance(selected, residualStream);
    expect((await bundle(written, "forward")).metadata).toMatchObject(residualStream);
  });

  it("says in one line that a run of an earlier Eigenlens must be run again", async () => {
    const rich = await richDocument();
    const exported = await exportedComponent(rich);
    expect(() => directionBundle(exported)).toThrow(
      /^This run was made by an Eigenlens .* run the separation again/,
    );
  });
});

async function bundle(document: RunDocument, direction: "forward" | "swapped", index = 0) {
  const exported: ExportedComponent = await exportedComponent(document, direction, index);
  const parts = directionBundle(exported);
  const bytes = new Uint8Array(Buffer.concat(parts));
  const { metadata, tensors, data } = takeApart(bytes);
  const vector = (name: string): Float64Array => {
    const [start = 0, stop = 0] = tensors[name]?.data_offsets ?? [];
    return new Float64Array(data.slice(start, stop).buffer);
  };
  return { metadata, vector };
}

function meanOf(rows: readonly (readonly number[])[]): number[] {
  return rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j], 0) / rows.length);
}

function deviation(rows: readonly number[][], filter: ArrayLike<number>): number {
  const scores = rows.map((row) => dot(row, filter));
  const mean = scores.reduce((sum, value) => sum + value, 0) / scores.length;
  const squares = scores.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (scores.length - 1));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i] * b[i];
  return sum;
}
