import { describe, expect, it } from "vitest";
import { memorySource } from "../../../src/activations/sources/memorySource.ts";
import { decodeDocument, encodeDocument, readDocument } from "../../../src/runs/documentFile.ts";
import { makeRun } from "../../support/makeRun.ts";

describe("a run document as a file", () => {
  it("comes back as it was written", async () => {
    const document = await makeRun();
    const again = decodeDocument(encodeDocument(document), "run.ged.safetensors");
    expect(again).toEqual(document);
    const source = memorySource("run.ged.safetensors", encodeDocument(document));
    expect(await readDocument(source)).toEqual(document);
  });

  it("is a safetensors file with aligned float64 data", async () => {
    const bytes = encodeDocument(await makeRun());
    const headerLength = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(headerLength % 8).toBe(0);
    const header = JSON.parse(
      new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)),
    ) as Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;
    const { __metadata__: metadata, ...tensors } = header;
    expect(Object.values(metadata).every((value) => typeof value === "string")).toBe(true);
    let end = 0;
    for (const { dtype, shape, data_offsets } of Object.values(tensors)) {
      expect(dtype).toBe("F64");
      expect(data_offsets[0]).toBe(end);
      end = data_offsets[1];
      expect(end - data_offsets[0]).toBe(8 * shape.reduce((a, b) => a * b, 1));
    }
    expect(bytes.length).toBe(8 + headerLength + end);
  });

  it("refuses what is not one, in one line that names the file", async () => {
    const bytes = encodeDocument(await makeRun());
    const cases = [
      new Uint8Array(3),
      bytes.subarray(0, 100),
      bytes.subarray(0, bytes.length - 8),
      new TextEncoder().encode("\x02\0\0\0\0\0\0\0{}"),
      Uint8Array.from({ length: 64 }, () => 255),
    ];
    for (const broken of cases) {
      expect(() => decodeDocument(broken, "broken.ged.safetensors")).toThrow(
        /^broken\.ged\.safetensors is not an Eigenlens run document: [^\n]+$/,
      );
      await expect(readDocument(memorySource("broken.ged.safetensors", broken))).rejects.toThrow(
        /^broken\.ged\.safetensors is not an Eigenlens run document: [^\n]+$/,
      );
    }
  });
});
