import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeDocument } from "../../../../src/runs/documentFile.ts";
import { readDocumentFile, readRecordFile } from "../../../../src/runs/reading/readDocument.ts";
import { encodeReports, reportsPath } from "../../../../src/runs/reports/reportsFile.ts";
import {
  reportsOf,
  withReports,
  type RunReports,
} from "../../../../src/runs/reports/runReports.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { countingFiles } from "../../../support/countingFiles.ts";
import { formatOne, richDocument } from "../../../support/richDocument.ts";
import { someTransfer } from "../../../support/someTransfer.ts";

const folder = mkdtempSync(join(tmpdir(), "eigenlens-reports-"));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, "run.ged.safetensors");
const beside = reportsPath(path) ?? "";
const files = countingFiles();
const read = () => readDocumentFile(path, files.fileSystem);

describe("reports beside a document", () => {
  let rich: RunDocument;
  let document: RunDocument;
  let reports: RunReports;

  beforeAll(async () => {
    rich = await richDocument();
    reports = { ...reportsOf(rich), transfers: [someTransfer("one"), someTransfer("two")] };
    document = { ...rich, summary: { ...rich.summary, validation: null } };
    writeFileSync(path, await encodeDocument(document));
  });

  it("take the place of those in it", async () => {
    writeFileSync(beside, encodeReports(document, reports));
    expect(await read()).toEqual(withReports(document, reports));
    const none = { validation: null, transfers: [] };
    writeFileSync(beside, encodeReports(document, none));
    expect(await read()).toEqual(withReports(document, none));
  });

  it("come with the record, for which no tensor is read", async () => {
    writeFileSync(beside, encodeReports(document, reports));
    files.forget();
    const { tensors, ...record } = await read();
    const [whole, tensorBytes] = [
      files.bytesOf(path),
      Object.values(tensors).reduce((sum, { values }) => sum + values.byteLength, 0),
    ];
    expect(whole).toBe(statSync(path).size);
    files.forget();
    expect(await readRecordFile(path, files.fileSystem)).toEqual(record);
    expect(files.bytesOf(path)).toBe(whole - tensorBytes);
  });

  it("are found beside a document of format 1", async () => {
    const old = join(folder, "old.ged.safetensors");
    writeFileSync(old, formatOne.validated);
    const before = await readDocumentFile(old, files.fileSystem);
    expect(before.summary.validation).toBeNull();
    writeFileSync(reportsPath(old) ?? "", encodeReports(before, reports));
    expect(await readDocumentFile(old, files.fileSystem)).toEqual(withReports(before, reports));
  });

  it("that contradict the run are left out, with a warning", async () => {
    const component = {
      index: 1000,
      inSample: { carriedVariance: 1, silencedVariance: 1 },
      transferred: { carriedVariance: 1, silencedVariance: 1, auc: 0.5, magnitudeAuc: 0.5 },
    };
    const transfers = [{ ...someTransfer("odd"), forward: [component] }];
    writeFileSync(beside, encodeReports(document, { ...reports, transfers }));
    const { summary, transfers: kept } = await read();
    expect(summary.validation).toBeNull();
    expect(kept).toEqual(document.transfers);
    expect(summary.warnings).toEqual([
      ...document.summary.warnings,
      expect.stringMatching(/cannot be read \(its parts contradict each other\)/),
    ]);
  });

  it("harm no run wherever they are cut or altered", async () => {
    const text = encodeReports(document, reports);
    const harmed = Array.from({ length: 60 }, (_, i) => {
      const at = Math.floor((i * text.length) / 60);
      const other = text[at] === "7" ? "8" : "7";
      return [text.slice(0, at), text.slice(0, at) + other + text.slice(at + 1)];
    }).flat();
    for (const each of [...harmed, "null", "{}", "\ud800", "[".repeat(100_000)]) {
      writeFileSync(beside, each);
      const found = await read();
      expect(found.tensors).toEqual(document.tensors);
      expect(found.summary.validation, each.slice(0, 80)).toBeNull();
      expect(found.summary.warnings.length).toBe(document.summary.warnings.length + 1);
    }
  });
});
