import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyVariable, type CopyRequest } from "../../../src/notebook/copyVariable.ts";
import { output, scriptedKernel, type Asked } from "./scriptedKernel.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
  path = join(folder, "him.safetensors");
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) % 251);
const sha256 = createHash("sha256").update(bytes).digest("hex");

/** A kernel on a machine that sees nothing of this one. @param change what of its answers is otherwise */
function remote(change: (asked: Asked) => object | undefined = () => undefined) {
  return scriptedKernel((asked) => {
    const answer = change(asked) ?? honest(asked);
    return [output(`${asked.mark}${JSON.stringify(answer)}\n`)];
  });
}

function honest({ kind, start, stop }: Asked): object {
  if (kind === "write") return { elsewhere: true };
  if (kind === "digest") return { bytes: bytes.length, sha256, leftOut: [] };
  const part = Buffer.from(bytes.subarray(Number(start), Number(stop)));
  return { data: part.toString("base64") };
}

function copy(kernel: ReturnType<typeof remote>, options: Partial<CopyRequest> = {}) {
  const signal = new AbortController().signal;
  return copyVariable(kernel, { variable: "him", path, metadata: {}, signal, ...options });
}

describe("a variable of a kernel that does not see the folder", () => {
  it("comes in parts, which make one file", async () => {
    const asked: Asked[] = [];
    const kernel = remote((request) => void asked.push(request));
    expect(await copy(kernel)).toEqual({ byteLength: bytes.length, leftOut: [] });
    expect(new Uint8Array(await readFile(path))).toEqual(bytes);
    expect(asked.map(({ kind }) => kind)).toEqual(["write", "digest", "read", "read"]);
    expect(await readdir(folder)).toEqual(["him.safetensors"]);
  });

  it("is asked about with its size before anything is sent", async () => {
    const sizes: number[] = [];
    const refused = copy(remote(), {
      throughOutputs: (size) => {
        sizes.push(size);
        throw new Error("no");
      },
    });
    await expect(refused).rejects.toThrow("no");
    expect(sizes).toEqual([bytes.length]);
    expect(await readdir(folder)).toEqual([]);
  });

  const wrong: Record<string, (asked: Asked) => object | undefined> = {
    "a part too short": ({ kind }) => (kind === "read" ? { data: "AAAA" } : undefined),
    "other bytes": ({ kind, start, stop }) =>
      kind === "read"
        ? { data: Buffer.alloc(Number(stop) - Number(start)).toString("base64") }
        : undefined,
    "no array any more": ({ kind }) => (kind === "read" ? { gone: true } : undefined),
  };
  it.each(Object.entries(wrong))("leaves nothing if it sends %s", async (_, change) => {
    await expect(copy(remote(change))).rejects.toThrow("him changed while it was read");
    expect(await readdir(folder)).toEqual([]);
  });

  it("is asked again for a part that a server did not let through", async () => {
    let dropped = 0;
    const kernel = scriptedKernel((asked) => {
      if (asked["kind"] === "read" && dropped++ === 0) return [];
      return [output(`${asked.mark}${JSON.stringify(honest(asked))}\n`)];
    });
    await copy(kernel);
    expect(new Uint8Array(await readFile(path))).toEqual(bytes);
    expect(dropped).toBe(3);
  });
});

describe("a variable of a kernel that sees the folder", () => {
  it("is written there, and the probe goes", async () => {
    const kernel = scriptedKernel(async function* (asked) {
      expect(await readFile(String(asked["probe"]), "utf8")).toBe(asked["secret"]);
      await writeFile(String(asked["path"]), bytes);
      yield output(`${asked.mark}{"bytes":${bytes.length},"leftOut":["text"]}\n`);
    });
    expect(await copy(kernel)).toEqual({ byteLength: bytes.length, leftOut: ["text"] });
    expect(await readdir(folder)).toEqual(["him.safetensors"]);
  });

  it("is refused if the file is not as long as it was said to be", async () => {
    const kernel = scriptedKernel(async function* (asked) {
      await writeFile(String(asked["path"]), bytes);
      yield output(`${asked.mark}{"bytes":${bytes.length + 1},"leftOut":[]}\n`);
    });
    await expect(copy(kernel)).rejects.toThrow("him changed while it was read");
    expect(await readdir(folder)).toEqual([]);
  });
});
