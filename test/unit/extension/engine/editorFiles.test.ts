import { readdir, readFile, stat } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import { EigenlensError } from "../../../../src/errors.ts";
import { defaultGedOptions } from "../../../../src/ged/method/options.ts";
import type { EditorFiles } from "../../../../src/engine/channel/editorFiles.ts";
import { realEngine } from "../support/realEngine.ts";

/** The samples under an address that only the host can read. */
const address = "virtual://host/samples";
const onDisk = (path: string) => path.replace("virtual://host/", "");

const samples: EditorFiles = async ({ operation, path }) => {
  const found = await stat(onDisk(path)).catch(() => undefined);
  if (!found) return {};
  if (operation === "list")
    return found.isDirectory() ? { names: await readdir(onDisk(path)) } : {};
  if (operation === "read") return { bytes: await readFile(onDisk(path)) };
  const kind = found.isDirectory() ? "folder" : "file";
  return { stat: { kind, byteLength: found.size, modified: found.mtimeMs } };
};

describe("files outside the disk", () => {
  let real: ReturnType<typeof realEngine> | undefined;
  afterEach(() => real?.dispose());

  it("run like those on it, sentences included", async () => {
    real = realEngine(samples);
    const document = await real.engine.calls.run({
      target: { path: `${address}/him.npy` },
      reference: { path: `${address}/her.npy` },
      options: defaultGedOptions,
    });
    expect(document.summary.compression.components).toBe(74);
    expect(document.sources.target.path).toBe(`${address}/him.npy`);
    expect(document.sentences?.target).toHaveLength(53);
  });

  it("are missed in one line", async () => {
    real = realEngine(samples);
    await expect(
      real.engine.calls.inspect({ path: `${address}/nobody.npy` }),
    ).rejects.toMatchObject({
      code: "file-access",
      message: `${address}/nobody.npy was not found: choose an existing file.`,
    });
  });

  it("pass on the editor's own refusal", async () => {
    const message = "virtual://host/big.npy has 2 GB: copy it to a disk first.";
    real = realEngine(() => Promise.reject(new EigenlensError("file-access", message)));
    await expect(real.engine.calls.inspect({ path: "virtual://host/big.npy" })).rejects.toThrow(
      message,
    );
  });

  it("are refused where no editor is there to read them", async () => {
    real = realEngine();
    await expect(real.engine.calls.inspect({ path: `${address}/him.npy` })).rejects.toThrow(
      /no path on this disk/,
    );
  });
});
