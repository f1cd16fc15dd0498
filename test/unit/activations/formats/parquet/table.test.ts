import type { FileMetaData, ParquetScan } from "hyparquet";
import { expect, it } from "vitest";
import type { ParquetColumn } from "../../../../../src/activations/formats/parquet/columns.ts";
import { ParquetTable } from "../../../../../src/activations/formats/parquet/table.ts";
import { memorySource } from "../../../../../src/activations/sources/memorySource.ts";

it("a moment beyond those of a Date is an empty label", async () => {
  const values = [new Date(0), new Date(8.64e15 + 1), null];
  const metadata = { num_rows: 3n, row_groups: [], schema: [] } as unknown as FileMetaData;
  const scan = {
    ranges: [{ rowStart: 0, rowEnd: 3 }],
    readColumn: () => Promise.resolve(values),
  } as unknown as ParquetScan;
  const table = new ParquetTable(memorySource("x.parquet", new Uint8Array(8)), metadata, scan);
  const { readLabels } = table.labelVector({ name: "when" } as ParquetColumn, undefined);
  expect(await readLabels?.()).toEqual(["1970-01-01T00:00:00.000Z", "", ""]);
});
