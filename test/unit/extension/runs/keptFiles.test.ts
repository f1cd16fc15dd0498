import { copyFile, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { keptFiles } from "../../../../extension/runs/keptFiles.ts";
import { recordOf } from "../../../../extension/runs/storedRun.ts";
import { encodeDocument } from "../../../../src/runs/documentFile.ts";
import { writeContent } from "../../../../src/files/writeWholeFile.ts";
import { makeRun } from "../../../support/makeRun.ts";

describe("exports of a run", () => {
  it("replace neither what it was made from nor its document, which only itself may", async () => {
    const folder = await mkdtemp(join(tmpdir(), "eigenlens-kept-"));
    try {
      const path = join(folder, "him.npy");
      await copyFile("samples/him.npy", path);
      await symlink("him.npy", join(folder, "loadings.csv"));
      const document = await makeRun();
      const sources = { ...document.sources, target: { ...document.sources.target, path } };
      const place = join(folder, "run.ged.safetensors");
      await writeContent(place, await encodeDocument(document));
      const stored = { record: recordOf({ ...document, sources }), place };
      const write = (name: string, format: Parameters<typeof keptFiles>[1]) =>
        writeContent(join(folder, name), "new", () => keptFiles(stored, format));
      for (const name of ["him.npy", "loadings.csv", "run.ged.safetensors"]) {
        await expect(write(name, "csv")).rejects.toMatchObject({ code: "usage" });
      }
      await expect(write("him.npy", "runDocument")).rejects.toMatchObject({ code: "usage" });
      expect(await readFile(path)).toEqual(await readFile("samples/him.npy"));
      expect(await readFile(place)).toEqual(Buffer.from(await encodeDocument(document)));
      await write("run.ged.safetensors", "runDocument");
      await write("other.csv", "csv");
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
