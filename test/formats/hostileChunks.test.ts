import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ByteSource, FileSystem } from "../../src/activations/byteSource.ts";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";
import { EigenlensError } from "../../src/errors.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "chunks-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Files = Readonly<Record<string, string | Uint8Array>>;

function store(name: string, files: Files): string {
  const path = join(folder, name);
  for (const [key, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, key)), { recursive: true });
    writeFileSync(join(path, key), content);
  }
  return path;
}

const version2 = (values: object) =>
  JSON.stringify({
    ...{ zarr_format: 2, shape: [4, 3], chunks: [4, 3], dtype: "<f4", compressor: null },
    ...{ fill_value: 0, order: "C", filters: null, ...values },
  });

const version3 = (values: object) =>
  JSON.stringify({
    ...{ zarr_format: 3, node_type: "array", shape: [4, 3], data_type: "float32", fill_value: 0 },
    chunk_grid: { name: "regular", configuration: { chunk_shape: [4, 3] } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    codecs: [{ name: "bytes", configuration: { endian: "little" } }],
    ...values,
  });

/** The disk, with what was asked of it. */
function counting() {
  const counts = { open: 0, list: 0, most: 0, now: 0 };
  const fileSystem: FileSystem = {
    async open(path) {
      counts.open++;
      counts.most = Math.max(counts.most, ++counts.now);
      const source: ByteSource = await nodeFileSystem.open(path).catch((error: unknown) => {
        counts.now--;
        throw error;
      });
      return {
        ...source,
        close: () => {
          counts.now--;
          return source.close();
        },
      };
    },
    list(path) {
      counts.list++;
      return nodeFileSystem.list(path);
    },
    stat: (path) => nodeFileSystem.stat(path),
  };
  return { counts, fileSystem };
}

async function read(path: string, rows: number, fileSystem: FileSystem = nodeFileSystem) {
  const file = await openActivationFile(path, fileSystem);
  try {
    const [, ...inner] = file.tensors[0]?.shape ?? [];
    const values = new Float32Array(inner.reduce((product, extent) => product * extent, rows));
    await file.readRows("", 0, rows, values);
    return values;
  } finally {
    await file.close();
  }
}

async function refusal(attempt: Promise<unknown>): Promise<string> {
  const thrown: unknown = await attempt.then(
    () => "it was read",
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(EigenlensError);
  const message = thrown instanceof Error ? thrown.message : "";
  expect(message).not.toContain("\n");
  expect(message.length).toBeLessThan(1000);
  return message;
}

describe("chunks of one value", () => {
  for (const [name, files] of [
    ["v2", { ".zarray": version2({ shape: [10, 200_000], chunks: [1, 1] }) }],
    [
      "v2-nested",
      { ".zarray": version2({ shape: [10, 200_000], chunks: [1, 1], dimension_separator: "/" }) },
    ],
    [
      "v3",
      {
        "zarr.json": version3({
          shape: [10, 200_000],
          chunk_grid: { name: "regular", configuration: { chunk_shape: [1, 1] } },
        }),
      },
    ],
  ] as const) {
    it(`none of which was written are filled, and none is asked for (${name})`, async () => {
      const { counts, fileSystem } = counting();
      const path = store(`none-${name}.zarr`, files);
      const values = await read(path, 2, fileSystem);
      expect(values.every((value) => value === 0)).toBe(true);
      expect(values).toHaveLength(400_000);
      expect(counts.open).toBe(1);
      expect(counts.list).toBeLessThan(6);
    });
  }

  it("a few of which were written are read, a few at a time", async () => {
    const { counts, fileSystem } = counting();
    const chunks = Array.from({ length: 200 }, (_, column) => [
      `1.${column * 7}`,
      new Uint8Array(Float32Array.of(column + 1).buffer),
    ]);
    const path = store("some.zarr", {
      ".zarray": version2({ shape: [10, 200_000], chunks: [1, 1] }),
      ...(Object.fromEntries(chunks) as Files),
    });
    const values = await read(path, 2, fileSystem);
    expect(values.reduce((sum, value) => sum + value, 0)).toBe((200 * 201) / 2);
    expect(values[200_000 + 7 * 199]).toBe(200);
    expect(counts.open).toBe(201);
    expect(counts.most).toBeLessThanOrEqual(32);
  });

  it("too many of which are there are refused before one is opened", async () => {
    const { counts, fileSystem } = counting();
    const path = store("grains.zarr", {
      ".zarray": version2({ shape: [2, 50_000], chunks: [1, 1] }),
    });
    const names = Array.from({ length: 100_000 }, (_, at) => `${at % 2}.${at >> 1}`);
    const listed: FileSystem = {
      ...fileSystem,
      list: async (place) =>
        place === path ? [...((await fileSystem.list(place)) ?? []), ...names] : undefined,
    };
    const message = await refusal(read(path, 2, listed));
    expect(message).toMatch(/chunks \[1, 1\] hold so little that 100000 of them/);
    expect(counts.open).toBe(1);
  });

  it("in shards are refused, too", async () => {
    const path = store("shards.zarr", {
      "c/0/0": new Uint8Array(64),
      "zarr.json": version3({
        shape: [1000, 1000],
        chunk_grid: { name: "regular", configuration: { chunk_shape: [1000, 1000] } },
        codecs: [
          {
            name: "sharding_indexed",
            configuration: { chunk_shape: [1, 1], codecs: ["bytes"], index_codecs: ["bytes"] },
          },
        ],
      }),
    });
    expect(await refusal(read(path, 1000))).toMatch(/hold so little that 1000000 of them/);
  });
});

describe("chunks that unpack to more than their shape", () => {
  const zeros = new Uint8Array(2 ** 26);
  const gzip = gzipSync(zeros);
  const members = Buffer.concat([gzipSync(new Uint8Array(48)), gzip]);
  const lz4 = new Uint8Array(64);
  new DataView(lz4.buffer).setUint32(0, 2 ** 31 - 1, true);
  const blosc = new Uint8Array(64);
  blosc.set([2, 1, 0x21, 4]);
  new DataView(blosc.buffer).setUint32(4, 2 ** 31 - 1, true);
  new DataView(blosc.buffer).setUint32(12, 64, true);
  const zstd = new Uint8Array(64);
  zstd.set([0x28, 0xb5, 0x2f, 0xfd, 0xe0]);
  new DataView(zstd.buffer).setBigUint64(5, 2n ** 40n, true);

  for (const [id, chunk] of [
    ["zlib", deflateSync(zeros)],
    ["gzip", gzip],
    ["gzip", members],
    ["lz4", lz4],
    ["blosc", blosc],
    ["zstd", zstd],
  ] as const) {
    it(`${id}, ${chunk.byteLength} bytes`, async () => {
      const before = process.resourceUsage().maxRSS;
      const path = store(`bomb-${id}-${chunk.byteLength}.zarr`, {
        ".zarray": version2({ compressor: { id } }),
        "0.0": chunk,
      });
      const message = await refusal(read(path, 4));
      expect(message).toMatch(/unpacks? to (more than the 48 bytes|\d+ bytes, a chunk has 48)/);
      expect((process.resourceUsage().maxRSS - before) * 1024).toBeLessThan(200e6);
      const inner = store(`inner-${id}-${chunk.byteLength}.zarr`, {
        "zarr.json": version3({ codecs: ["bytes", `numcodecs.${id}`] }),
        "c/0/0": chunk,
      });
      expect(await refusal(read(inner, 4))).toMatch(/unpacks? to/);
    });
  }

  it("and texts that claim to be many", async () => {
    const chunk = new Uint8Array(16).fill(0xff);
    const path = store("texts.zarr", {
      ".zarray": version2({ shape: [4], chunks: [4], dtype: "|O", filters: [{ id: "vlen-utf8" }] }),
      "0": chunk,
    });
    const file = await openActivationFile(path, nodeFileSystem);
    expect(await refusal(file.readLabels(""))).toMatch(/claims 4294967295 texts/);
    await file.close();
  });

  it("and chunks that span so many rows that a small file would fill all memory", async () => {
    const packed = deflateSync(new Uint8Array(2 ** 24));
    const chunks = Array.from({ length: 64 }, (_, column) => [`0.${column}`, packed]);
    const path = store("columns.zarr", {
      ".zarray": version2({
        ...{ shape: [2 ** 22, 64], chunks: [2 ** 22, 1], compressor: { id: "zlib" } },
      }),
      ...(Object.fromEntries(chunks) as Files),
    });
    expect(await refusal(read(path, 2))).toMatch(/unpack to 1073741824 bytes, which no file/);
  });
});

describe("metadata", () => {
  for (const [name, values, says] of [
    ["type", { dtype: "constructor" }, /its type constructor is not read/],
    ["type-proto", { dtype: "<__proto__" }, /its type <__proto__ is not read/],
    ["codec", { compressor: { id: "constructor" } }, /the codec constructor, which is not read/],
    ["codec-name", { compressor: { id: "a\u001b[2J\nb" } }, /codec a\\x1b\[2J\\nb, which/],
    ["shape", { shape: [4, -3] }, /lack a shape/],
    ["chunks", { chunks: [0, 3] }, /hold nothing/],
    ["axes", { chunks: [4] }, /chunks of as many axes/],
    ["large", { chunks: [2 ** 20, 2 ** 20] }, /more than 268435456/],
    ["separator", { dimension_separator: "../" }, /separated neither/],
    ["filters", { filters: "zlib" }, /lack a list of filters/],
    ["objects", { dtype: "|O" }, /do not fit together/],
    ["checksum", { compressor: { id: "crc32" } }, /its crc32 does not fit/],
    ["width", { filters: [{ id: "shuffle", elementsize: 1e9 }] }, /shuffle has a width of/],
  ] as const) {
    it(`${name} is refused in one line`, async () => {
      const path = store(`metadata-${name}.zarr`, {
        ".zarray": version2(values),
        "0.0": new Uint8Array(48).fill(1),
      });
      expect(await refusal(read(path, 4))).toMatch(says);
    });
  }

  for (const [name, values, says] of [
    ["grid", { chunk_grid: { name: "rectilinear" } }, /chunk grid "rectilinear" is not read/],
    ["keys", { chunk_key_encoding: { name: "fanout" } }, /chunk key encoding "fanout"/],
    ["transformer", { storage_transformers: [{ name: "x" }] }, /storage transformer "x"/],
    ["codecs", { codecs: ["bytes", "toString"] }, /the codec toString, which is not read/],
    ["type", { data_type: "valueOf" }, /its type valueOf is not read/],
    ["text", { data_type: { name: "fixed_length_utf32", configuration: {} } }, /is not read/],
    [
      "twice",
      { codecs: [{ name: "sharding_indexed", configuration: {} }, "zstd"] },
      /shards are packed once more/,
    ],
  ] as const) {
    it(`${name} of version 3 is refused in one line`, async () => {
      const path = store(`metadata3-${name}.zarr`, { "zarr.json": version3(values) });
      expect(await refusal(read(path, 4))).toMatch(says);
    });
  }

  it("of no values but 2^53 - 1 rows are refused", async () => {
    const shape = [Number.MAX_SAFE_INTEGER, 0];
    const path = store("empty.zarr", { ".zarray": version2({ shape, chunks: [1, 1] }) });
    const file = await openActivationFile(path, nodeFileSystem);
    expect(file.tensors[0]?.unreadable).toMatch(/its header claims \[9007199254740991, 0\]/);
    await expect(file.readRows("", 0, 5, new Float32Array(0))).rejects.toThrow(/its header claims/);
    await file.close();
  });

  it("of one array that are damaged leave the others readable", async () => {
    const path = store("damaged.zarr", {
      ".zgroup": '{"zarr_format": 2}',
      "bad/.zarray": "{",
      "good/.zarray": version2({}),
    });
    const file = await openActivationFile(path, nodeFileSystem);
    expect(file.tensors.map(({ name }) => name)).toEqual(["bad", "good"]);
    expect(file.tensors[0]?.unreadable).toMatch(/not JSON/);
    await file.readRows("good", 0, 4, new Float32Array(12));
    await file.close();
  });

  it("of groups whose links go in a circle are refused", async () => {
    const path = store("circle.zarr", { ".zgroup": '{"zarr_format": 2}', "a/.zgroup": "{}" });
    symlinkSync(path, join(path, "a", "b"));
    expect(await refusal(read(path, 1))).toMatch(/circle/);
  });
});
