import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../../src/activations/openActivationFile.ts";
import { openCondition } from "../../../src/conditions/openCondition.ts";
import { parseSource } from "../../../src/conditions/parseSource.ts";
import { HostFileSystem } from "../../../src/engine/hostFileSystem.ts";
import { describeError } from "../../../src/errors.ts";
import { npyFile } from "./files.ts";

const folder = mkdtempSync(join(tmpdir(), "eigenlens-"));
afterAll(() => rmSync(folder, { recursive: true }));

const oid = `oid sha256:${"ab".repeat(32)}`;
const lfs = `version https://git-lfs.github.com/spec/v1\n${oid}\nsize 12348\n`;
const key = `SHA256E-s12348--${"cd".repeat(32)}.npy`;

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function refusal(source: string): Promise<string> {
  try {
    const condition = await openCondition(parseSource(source), nodeFileSystem);
    await condition.readRows(
      0,
      condition.rows,
      new Float64Array(condition.rows * condition.columns),
    );
    await condition.close();
    return "was read";
  } catch (error) {
    return describeError(error).message;
  }
}

describe("a Git LFS pointer", () => {
  it.each(
    "npy npz safetensors pt pth pkl csv tsv json jsonl parquet arrow feather h5 mat bin raw unknown"
      .split(" ")
      .map((extension) => `pointer.${extension}`),
  )("is refused as %s, with the command that fetches the file", async (name) => {
    const path = write(name, lfs);
    await expect(openActivationFile(path, nodeFileSystem)).rejects.toThrow(
      `${path} is a Git LFS pointer, not the file (of 12348 bytes): fetch it with \`git lfs pull\`.`,
    );
  });

  it.each([
    ["Windows line ends", lfs.replaceAll("\n", "\r\n")],
    ["the first name of the tool", lfs.replace("git-lfs.github", "hawser.github")],
    ["extensions", lfs.replace("oid", `ext-0-foo sha256:${"0".repeat(64)}\noid`)],
    ["no size", lfs.replace(/size .*\n/, "")],
  ])("is known with %s", async (_, content) => {
    const path = write("variant.npy", content);
    await expect(openActivationFile(path, nodeFileSystem)).rejects.toThrow(/git lfs pull/);
  });

  it("is known in what the editor reads, too", async () => {
    const bytes = new TextEncoder().encode(lfs);
    const files: HostFileSystem = new HostFileSystem(({ id }) =>
      queueMicrotask(() => files.receive({ kind: "fileReply", id, bytes })),
    );
    await expect(files.open("vscode-vfs://github/a/him.npy")).rejects.toThrow(/git lfs pull/);
  });

  it("is told of a shard, of a zarr chunk, of zarr metadata, and of the description of bare values", async () => {
    write("shards/one.safetensors", lfs);
    const index = JSON.stringify({ weight_map: { X: "one.safetensors" } });
    expect(await refusal(write("shards/model.safetensors.index.json", index))).toMatch(
      /one\.safetensors is a Git LFS pointer/,
    );

    for (const part of ["him/1.1", "him/.zarray"]) {
      const zarr = join(folder, `${part.replaceAll("/", "_")}.zarr`);
      cpSync(join(__dirname, "../../formats/data/v2.zarr"), zarr, { recursive: true });
      expect(await refusal(`${zarr}#him`)).toBe("was read");
      writeFileSync(join(zarr, part), lfs);
      expect(await refusal(`${zarr}#him`)).toContain(
        `${zarr}/${part} is a Git LFS pointer, not the file (of 12348 bytes)`,
      );
    }

    write("bare.bin", new Uint8Array(32));
    write("bare.bin.json", lfs);
    expect(await refusal(join(folder, "bare.bin"))).toMatch(/bare\.bin\.json is a Git LFS pointer/);
  });

  it("is told of a file of labels that was named", async () => {
    write("named/X.npy", npyFile([3, 2], [1, 2, 3, 4, 5, 6]));
    write("named/labels.csv", lfs);
    expect(await refusal(`${join(folder, "named/X.npy")}[labels.csv=him]`)).toMatch(
      /labels\.csv is a Git LFS pointer/,
    );
  });

  it("is no text that only speaks of it", async () => {
    const path = write("prose.csv", `a,b\n1,2\n3,4\n# ${lfs.split("\n")[0]}\n`);
    expect(await refusal(path)).toBe("was read");
  });
});

describe("a file that git-annex has not fetched", () => {
  it.each([
    ["a pointer", `/annex/objects/${key}\n`],
    ["a link written out", `../.git/annex/objects/aa/bb/${key}/${key}`],
    ["a link of Windows written out", `..\\.git\\annex\\objects\\aa\\bb\\${key}\\${key}`],
  ])("is refused as %s", async (_, content) => {
    const path = write("annexed.npy", content);
    await expect(openActivationFile(path, nodeFileSystem)).rejects.toThrow(
      /annexed\.npy is a git-annex pointer, not the file \(of 12348 bytes\): fetch it with `git annex get`/,
    );
  });

  it("is not taken for an absent chunk of a zarr array", async () => {
    const zarr = join(folder, "annexed.zarr");
    cpSync(join(__dirname, "../../formats/data/v2.zarr"), zarr, { recursive: true });
    rmSync(join(zarr, "him/2.1"));
    symlinkSync(`../../.git/annex/objects/aa/bb/${key}/${key}`, join(zarr, "him/2.1"));
    expect(await refusal(`${zarr}#him`)).toMatch(/him\/2\.1 is a git-annex link/);
  });

  it("is refused as a broken link", async () => {
    const path = join(folder, "broken.npy");
    symlinkSync(`.git/annex/objects/aa/bb/${key}/${key}`, path);
    await expect(openActivationFile(path, nodeFileSystem)).rejects.toThrow(
      /broken\.npy is a git-annex link, not the file \(of 12348 bytes\)/,
    );
  });

  it("any other broken link says where it leads", async () => {
    const path = join(folder, "elsewhere.npy");
    symlinkSync("/nowhere/him.npy", path);
    await expect(openActivationFile(path, nodeFileSystem)).rejects.toThrow(
      /elsewhere\.npy is a link to \/nowhere\/him\.npy, and nothing is there/,
    );
  });
});
