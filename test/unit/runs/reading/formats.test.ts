import { describe, expect, it } from "vitest";
import { memorySource } from "../../../../src/activations/sources/memorySource.ts";
import { encodeDocument } from "../../../../src/runs/documentFile.ts";
import { readDocument } from "../../../../src/runs/reading/readDocument.ts";
import { writtenOptions } from "../../../../src/runs/written/options.ts";
import { writtenSummary, type WrittenSummary } from "../../../../src/runs/written/summary.ts";
import { takeApart } from "../../../support/documentBytes.ts";
import { formatOne } from "../../../support/richDocument.ts";

const read = (bytes: Uint8Array) => readDocument(memorySource("run.ged.safetensors", bytes));

describe("a run document of format 1", () => {
  it("opens with every tensor and everything that was written", async () => {
    for (const bytes of Object.values(formatOne)) {
      const { metadata, tensors, data } = takeApart(bytes);
      const document = await read(bytes);
      expect(document.version).toBe("0.1.0");
      for (const key of ["created", "sources"] as const) {
        expect(document[key]).toEqual(JSON.parse(metadata[key] ?? ""));
      }
      expect(writtenOptions(document.options)).toEqual(JSON.parse(metadata.options ?? ""));
      const summary = JSON.parse(metadata.summary ?? "") as WrittenSummary;
      const { validation, warnings } = summary;
      expect({ ...writtenSummary(document.summary), warnings }).toEqual({
        ...summary,
        validation: null,
      });
      expect(document.summary.warnings).toHaveLength(
        warnings.length + (validation === null ? 0 : 1),
      );
      expect(Object.keys(document.tensors)).toEqual(Object.keys(tensors));
      for (const [name, { shape, data_offsets: offsets }] of Object.entries(tensors)) {
        const values = new Float64Array(data.slice(offsets[0], offsets[1]).buffer);
        expect(document.tensors[name]).toEqual({ shape, values });
      }
    }
    const { sentences, summary, transfers } = await read(formatOne.validated);
    expect(sentences?.target[3]).toBe("Naïve “3” saw him.");
    // What it said of chance was said of rows that held the difference of means.
    expect(summary.warnings.at(-1)).toMatch(/validate the run again/);
    expect(transfers).toHaveLength(1);
    expect(transfers?.[0].forward[0]).not.toHaveProperty("p");
  });

  it("is of the present format once it is written again", async () => {
    const document = await read(formatOne.validated);
    const bytes = await encodeDocument(document);
    expect(takeApart(bytes).metadata).toMatchObject({ version: "2", eigenlens: '"0.1.0"' });
    expect(await read(bytes)).toEqual(document);
  });
});
