import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { memorySource } from "../../../src/activations/sources/memorySource.ts";
import { documentParts, encodeDocument } from "../../../src/runs/documentFile.ts";
import { readDocument } from "../../../src/runs/reading/readDocument.ts";
import { putTogether, takeApart } from "../../support/documentBytes.ts";
import { makeRun } from "../../support/makeRun.ts";
import { richDocument } from "../../support/richDocument.ts";

const again = (bytes: Uint8Array) => readDocument(memorySource("run.ged.safetensors", bytes));

describe("a run document as a file", () => {
  it("comes back as it was written, whatever route made it", async () => {
    const documents = [
      await makeRun(),
      await makeRun({ route: "covariance" }),
      await makeRun({ route: "krylov" }, 40, 30),
      await makeRun({ keep: { count: 3 } }, 30, 10),
      await makeRun({ keep: { share: 0.5 }, shrinkage: 0 }, 2, 3),
      await makeRun({ keep: { share: 1 } }, 5, 200),
      await richDocument(),
    ];
    for (const document of documents) {
      expect(await again(await encodeDocument(document))).toEqual(document);
    }
  });

  it("is a safetensors file with aligned float64 data", async () => {
    const bytes = await encodeDocument(await makeRun());
    const headerLength = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(headerLength % 8).toBe(0);
    const { metadata, tensors, data } = takeApart(bytes);
    expect(Object.values(metadata).every((value) => typeof value === "string")).toBe(true);
    let end = 0;
    for (const { dtype, shape, data_offsets: offsets } of Object.values(tensors)) {
      expect(dtype).toBe("F64");
      expect(offsets[0]).toBe(end);
      end = offsets[1] ?? NaN;
      expect(end - (offsets[0] ?? NaN)).toBe(8 * shape.reduce((a, b) => a * b, 1));
    }
    expect(data.length).toBe(end);
  });

  it("names its format, its maker and the SHA-256 of every tensor", async () => {
    const { metadata, tensors, data } = takeApart(await encodeDocument(await makeRun()));
    expect(metadata).toMatchObject({ format: "eigenlens.run", version: "2", eigenlens: '"0.0.0"' });
    const sums = JSON.parse(metadata["sha256.tensors"] ?? "") as Record<string, string>;
    expect(Object.keys(sums)).toEqual(Object.keys(tensors));
    for (const [name, { data_offsets: offsets }] of Object.entries(tensors)) {
      const values = data.subarray(offsets[0], offsets[1]);
      expect(sums[name]).toBe(createHash("sha256").update(values).digest("hex"));
    }
  });

  it("keeps the checksums of its tensors when a report is added", async () => {
    const document = await richDocument();
    const before = takeApart(await encodeDocument(document)).metadata;
    const added = { ...document, summary: { ...document.summary, warnings: ["read this"] } };
    const after = takeApart(await encodeDocument(added)).metadata;
    expect(after["sha256.tensors"]).toBe(before["sha256.tensors"]);
    expect(after["sha256.metadata"]).not.toBe(before["sha256.metadata"]);
  });

  it("stays whole where another program writes its header and tensors in another order", async () => {
    const document = await makeRun();
    const { metadata, tensors, data } = takeApart(await encodeDocument(document));
    let end = 0;
    const moved: Uint8Array[] = [];
    const reversed: [string, (typeof tensors)[string]][] = Object.entries(tensors)
      .reverse()
      .map(([name, { dtype, shape, data_offsets: offsets }]) => {
        const values = data.subarray(offsets[0], offsets[1]);
        moved.push(values);
        end += values.length;
        return [name, { shape, data_offsets: [end - values.length, end], dtype }];
      });
    const bytes = putTogether({
      metadata: Object.fromEntries(Object.entries(metadata).reverse()),
      tensors: Object.fromEntries(reversed),
      data: Buffer.concat(moved),
    });
    expect(await again(bytes)).toEqual(document);
  });

  it("leaves infinities and NaN of a report as they were, though JSON has no word for them", async () => {
    const document = await richDocument();
    const { validation } = document.summary;
    const report = validation?.directions.forward;
    if (!validation || !report?.heldOut || !report.permutation) throw new Error("not validated");
    const silent = { ...report.heldOut, silencedVariance: 0, ratio: Infinity };
    const lost = { ...report.heldOut, carriedVariance: NaN, ratio: NaN, auc: NaN };
    const { inSample } = report.permutation;
    const forward = {
      ...report,
      inSample: silent,
      heldOut: lost,
      permutation: { inSample: { ...inSample, permuted: [1, NaN], median: NaN }, heldOut: null },
    };
    const odd = { ...validation, directions: { ...validation.directions, forward } };
    const written = { ...document, summary: { ...document.summary, validation: odd } };
    expect(await again(await encodeDocument(written))).toEqual(written);
  });

  it("is written in pieces that copy no tensor", async () => {
    const document = await makeRun();
    const [, ...data] = await documentParts(document);
    expect(data.map(({ buffer }) => buffer)).toEqual(
      Object.values(document.tensors).map(({ values }) => values.buffer),
    );
  });
});
