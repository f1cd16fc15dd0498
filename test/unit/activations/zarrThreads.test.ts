import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import Blosc from "numcodecs/blosc";
import Zstandard from "numcodecs/zstd";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ZarrThreads } from "../../../src/activations/formats/zarr/threads.ts";
import { unpackChunk } from "../../../src/activations/formats/zarr/unpack.ts";
import { libraryBundles } from "../../../src/activations/libraries/bundles.mjs";

const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "eigenlens-"));
const worker = join(folder, "zarrWorker.js");
const node = { bundle: true, platform: "node", format: "cjs", target: "node20" } as const;
const zstd = Zstandard.fromConfig({ id: "zstd", level: 1 });
const blosc = Blosc.fromConfig({ id: "blosc", clevel: 5, cname: "lz4", shuffle: 1, blocksize: 0 });
const chunkBytes = 2 ** 20;

beforeAll(async () => {
  const entryPoints = ["zarrWorker", "zstd", "blosc"].map((name) =>
    join(root, "src/activations/libraries", `${name}.ts`),
  );
  await build({ ...node, ...libraryBundles, entryPoints, outdir: folder });
});

afterAll(() => rmSync(folder, { recursive: true }));

function chunk(seed: number, byteLength = chunkBytes): Uint8Array {
  return Uint8Array.from({ length: byteLength }, (_, i) => (i * i + seed * (i >> 4)) % 101);
}

/** A pool, and how often it unpacked without a thread. */
function pool(path: string, most = 2) {
  const here = { calls: 0 };
  const threads = new ZarrThreads(path, most, (codec, bytes) => {
    here.calls++;
    return unpackChunk(codec, bytes);
  });
  const unpack = (codec: "zstd" | "blosc", bytes: Uint8Array) =>
    threads.unpack(codec, bytes, chunkBytes);
  return { threads, here, unpack };
}

/** Packs the chunk once for so many. */
async function packed(count: number): Promise<Uint8Array[]> {
  const bytes = await zstd.encode(chunk(3));
  return Array.from({ length: count }, () => bytes.slice());
}

function script(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `const { parentPort } = require("node:worker_threads");\n${text}`);
  return path;
}

const answers = `parentPort.postMessage({ kind: "ready" });
parentPort.on("message", ({ bytes }) => {`;

/** A zstd frame of runs of one byte that does not say what it unpacks to. */
function bomb(blocks: number): Uint8Array {
  const bytes = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58];
  for (let block = 0; block < blocks; block++) {
    const header = (block === blocks - 1 ? 1 : 0) | 2 | ((2 ** 17) << 3);
    bytes.push(header & 255, (header >> 8) & 255, (header >> 16) & 255, 7);
  }
  return Uint8Array.from(bytes);
}

describe("chunks unpacked on threads", () => {
  it("come back as they were, whichever thread had them", async () => {
    const { threads, here, unpack } = pool(worker);
    const originals = Array.from({ length: 24 }, (_, seed) => chunk(seed));
    const encoded = await Promise.all(
      originals.map(async (bytes, at) => (at % 2 === 0 ? zstd : blosc).encode(bytes)),
    );
    const found = await Promise.all(
      encoded.map((bytes, at) => unpack(at % 2 === 0 ? "zstd" : "blosc", bytes)),
    );
    found.forEach((bytes, at) => expect(Buffer.compare(bytes, originals[at] ?? bytes)).toBe(0));
    expect(threads.count).toBe(2);
    expect(here.calls).toBe(0);
  });

  it("lie in the memory of others that nobody looks at any more", async () => {
    const { threads, unpack } = pool(worker, 1);
    const seen = new Set<number>();
    for (let seed = 0; seed < 6; seed++) {
      const encoded = await (seed % 2 === 0 ? zstd : blosc).encode(chunk(seed));
      const packedInto = threads.spare.take(encoded.byteLength);
      packedInto.set(encoded);
      const found = await unpack(seed % 2 === 0 ? "zstd" : "blosc", packedInto);
      expect(Buffer.compare(found, chunk(seed))).toBe(0);
      threads.spare.giveBack(found);
      seen.add(threads.spare.byteLength);
    }
    // From the first one on there was one buffer for what is unpacked, and those in which it lay.
    const most = 2 * chunkBytes;
    for (const bytes of seen) expect(bytes).toBeLessThan(most);
  });

  it("have a single thread where there is little to unpack, but never none", async () => {
    const { threads, here, unpack } = pool(worker);
    const small = await zstd.encode(chunk(1, 1000));
    const chunks = Array.from({ length: 20 }, () => unpack("zstd", small.slice()));
    for (const bytes of await Promise.all(chunks)) expect(bytes).toEqual(chunk(1, 1000));
    expect(threads.count).toBe(1);
    expect(here.calls).toBe(0);
  });

  it("leave a part of a larger buffer to its owner", async () => {
    const { unpack } = pool(
      script("echo.cjs", `${answers} parentPort.postMessage({ kind: "unpacked", bytes }); });`),
    );
    const owner = new Uint8Array(bomb(1).length + 8);
    owner.set(bomb(1), 8);
    const found = await unpack("zstd", owner.subarray(8));
    expect(owner.byteLength).toBe(bomb(1).length + 8);
    expect(Buffer.compare(found, bomb(1))).toBe(0);
  });

  it("end their threads when nothing is unpacked for some seconds", async () => {
    const { threads, unpack } = pool(worker);
    await unpack("zstd", bomb(1));
    expect(threads.count).toBe(1);
    await expect.poll(() => threads.count).toBe(0);
    expect((await unpack("zstd", bomb(1))).byteLength).toBe(2 ** 17);
  });

  it("do not keep the program alive", async () => {
    const bundled = join(folder, "program.cjs");
    const from = join(root, "src/activations/formats/zarr/threads.ts");
    const contents = `import { ZarrThreads } from ${JSON.stringify(from)};
      const threads = new ZarrThreads(${JSON.stringify(worker)}, 2, () => Promise.reject(new Error()));
      const bytes = Uint8Array.from(${JSON.stringify([...bomb(2)])});
      void threads.unpack("zstd", bytes, 2 ** 20).then(({ byteLength }) => {
        process.on("exit", () => console.log(byteLength, threads.count));
      });`;
    await build({ ...node, stdin: { contents, resolveDir: root, loader: "ts" }, outfile: bundled });
    const { stdout, stderr } = spawnSync(process.execPath, [bundled], {
      encoding: "utf8",
      timeout: 50_000,
    });
    expect(stderr).toBe("");
    // It did not wait for its idle thread to be ended, nor did it end while one was awaited.
    expect(stdout).toBe(`${2 ** 18} 1\n`);
  });
});

describe("chunks that are damaged or hostile", () => {
  it("give the codec's reason, and those after them are unpacked", async () => {
    const { unpack } = pool(worker, 1);
    const damaged = bomb(3).subarray(0, 12);
    let reason = "";
    await unpackChunk("zstd", damaged).catch((error: Error) => (reason = error.message));
    expect(reason).toMatch(/zstd/);
    await expect(unpack("zstd", damaged)).rejects.toThrow(reason);
    expect((await unpack("zstd", bomb(1))).byteLength).toBe(2 ** 17);
  });

  it("get no memory for more than they may unpack to", async () => {
    const { here, unpack } = pool(worker);
    const before = process.memoryUsage().rss;
    await expect(unpack("zstd", bomb(2 ** 14))).rejects.toThrow(/zstd/);
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 29);
    expect(here.calls).toBe(0);
  });

  it("are given up after some seconds", async () => {
    const { threads, unpack } = pool(script("hang.cjs", `${answers} for (;;); });`));
    await expect(unpack("zstd", bomb(1))).rejects.toThrow(/no end within 4 seconds/);
    expect(threads.count).toBe(0);
  });

  it("take only their thread down", async () => {
    const path = script(
      "crash.cjs",
      `${answers} if (bytes.length < 11) process.exit(1); parentPort.postMessage({ kind: "unpacked", bytes }); });`,
    );
    const { unpack } = pool(path, 1);
    const [first, second] = await Promise.allSettled([
      unpack("zstd", bomb(1)),
      unpack("zstd", bomb(2)),
    ]);
    expect(first).toMatchObject({ status: "rejected", reason: new Error("its thread ended") });
    expect(second).toMatchObject({ status: "fulfilled", value: bomb(2) });
  });
});

describe("without threads", () => {
  for (const [name, path] of [
    ["that are not there", () => join(folder, "missing.js")],
    ["that do not start", () => script("broken.cjs", "throw new Error('broken');")],
  ] as const) {
    it(`${name}, everything is unpacked here`, async () => {
      const { threads, here, unpack } = pool(path());
      const chunks = await packed(12);
      const found = await Promise.all(chunks.map((bytes) => unpack("zstd", bytes)));
      for (const bytes of found) expect(Buffer.compare(bytes, chunk(3))).toBe(0);
      expect((await unpack("zstd", bomb(1))).byteLength).toBe(2 ** 17);
      expect(here.calls).toBe(13);
      expect(threads.count).toBe(0);
    });
  }
});
