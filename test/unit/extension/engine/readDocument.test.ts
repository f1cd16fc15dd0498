import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { encodeDocument } from "../../../../src/runs/documentFile.ts";
import { readDocumentFile } from "../../../../src/runs/reading/readDocument.ts";
import { putTogether, takeApart } from "../../../support/documentBytes.ts";
import { richDocument } from "../../../support/richDocument.ts";
import { realEngine } from "../support/realEngine.ts";

describe("the worker as the reader of run documents", () => {
  const folder = mkdtempSync(join(tmpdir(), "eigenlens-documents-"));
  const path = join(folder, "run.ged.safetensors");
  const asked: string[] = [];
  const real = realEngine(({ path: address }) => {
    asked.push(address);
    return Promise.resolve({ bytes: new Uint8Array(readFileSync(path)) });
  });

  beforeAll(async () => writeFileSync(path, await encodeDocument(await richDocument())));
  afterAll(async () => {
    await real.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it("hands over the whole document", async () => {
    const document = await real.engine.calls.readDocument({ path });
    expect(document).toEqual(await readDocumentFile(path, nodeFileSystem));
    const opened = await real.engine.open(() => real.engine.calls.readDocument({ path }), document);
    const { header, solution, validation } = opened;
    expect({ ...header.summary, ...solution.summary, validation }).toEqual(
      (await richDocument()).summary,
    );
    // It went on to the interactive worker without a copy.
    expect(document.tensors["scores.target"]?.values).toHaveLength(0);
  });

  it("reads a file that only the editor can, through the editor", async () => {
    const address = "memfs:///runs/run.ged.safetensors";
    expect(await real.engine.calls.readDocument({ path: address })).toEqual(await richDocument());
    // Once each: the document, and whether reports lie beside it.
    expect(asked).toEqual([address, "memfs:///runs/run.ged.reports.json"]);
  });

  it("refuses a damaged one with the line of the reader, and goes on", async () => {
    const taken = takeApart(readFileSync(path));
    const damaged = join(folder, "damaged.ged.safetensors");
    writeFileSync(damaged, putTogether({ ...taken, data: taken.data.subarray(8) }));
    await expect(real.engine.calls.readDocument({ path: damaged })).rejects.toMatchObject({
      code: "file-format",
      message: `${damaged} is a damaged run document: it has ${readFileSync(damaged).length} bytes instead of ${readFileSync(damaged).length + 8}: it is cut short; copy it again, or run the separation again.`,
    });
    const newer = join(folder, "newer.ged.safetensors");
    writeFileSync(
      newer,
      putTogether({ ...taken, metadata: { ...taken.metadata, version: "999" } }),
    );
    await expect(real.engine.calls.readDocument({ path: newer })).rejects.toMatchObject({
      code: "file-format",
      message: expect.stringMatching(/written by a newer Eigenlens.*update Eigenlens\.$/) as string,
    });
    await expect(
      real.engine.calls.readDocument({ path: join(folder, "none") }),
    ).rejects.toMatchObject({
      code: "file-access",
    });
    expect(await real.engine.calls.readDocument({ path })).toEqual(await richDocument());
  });
});
