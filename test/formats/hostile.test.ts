import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";
import { EigenlensError } from "../../src/errors.ts";
import { exercise } from "../fuzz/exercise.ts";
import { memoryFileSystem } from "../fuzz/memoryFileSystem.ts";
import { npyBytes, safetensorsBytes } from "../support/fileBytes.ts";

const data = join(__dirname, "data");
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hostile-"));
});

afterAll(() => {
  for (const place of [folder, process.cwd(), data])
    expect(existsSync(join(place, "pwned"))).toBe(false);
  rmSync(folder, { recursive: true });
});

/** The one line with which the bytes are refused, at the latest when all their tensors are read. */
async function refusal(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const before = process.resourceUsage().maxRSS;
  const message = await messageOf(path);
  const grown = (process.resourceUsage().maxRSS - before) * 1024;
  expect(grown, "bytes of memory").toBeLessThan(3 * bytes.byteLength + 200e6);
  expect(message).toContain(name);
  expect(message).not.toContain("\n");
  return message;
}

async function messageOf(path: string): Promise<string> {
  try {
    const file = await openActivationFile(path, nodeFileSystem);
    try {
      for (const { name, shape, unreadable } of file.tensors) {
        if (unreadable !== undefined) return `${path}: ${unreadable}`;
        const count = shape.reduce((product, extent) => product * extent, 1);
        await file.readRows(name, 0, shape[0] ?? 0, new Float32Array(count));
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    expect(error).toBeInstanceOf(EigenlensError);
    return error instanceof Error ? error.message : "";
  }
  return `${path} was read`;
}

describe("pickles are read as data and never run", () => {
  const call = "cposix\nsystem\n(X\x0b\x00\x00\x00touch pwnedtR";
  const pickles: Readonly<Record<string, string>> = {
    "global.pkl": `\x80\x02${call}.`,
    "stack_global.pkl": "\x80\x04\x8c\x05posix\x8c\x06system\x93(\x8c\x0btouch pwnedtR.",
    "inst.pkl": "\x80\x02(X\x0b\x00\x00\x00touch pwnediposix\nsystem\n.",
    "obj.pkl": "\x80\x02(cposix\nsystem\nX\x0b\x00\x00\x00touch pwnedo.",
    "newobj.pkl": "\x80\x02cbuiltins\neval\n(X\x02\x00\x00\x0012t\x81.",
    "nested.pkl": `\x80\x02}X\x03\x00\x00\x00him](K\x01${call}es.`,
    "memo.pkl":
      `\x80\x02cposix\nsystem\nq\x01X\x0b\x00\x00\x00touch pwnedq\x020(h\x01h\x02tR.`.replace(
        "(h\x01h\x02tR",
        "h\x01(h\x02tR",
      ),
    "key.pkl": `\x80\x02}${call}K\x01s.`,
    "state.pkl": `\x80\x02ccollections\nOrderedDict\n)R${call}b.`,
    "argument.pkl": `\x80\x02ctorch\ndevice\n(${call}tR.`,
    "computed.pkl": `\x80\x02cbuiltins\ngetattr\n(cposix\n__dict__\nX\x06\x00\x00\x00systemtR(X\x0b\x00\x00\x00touch pwnedtR.`,
    "reducer.pkl": "\x80\x02cnumpy\ncore.multiarray.fromfile\n(X\x05\x00\x00\x00pwnedtR.",
  };
  const latin1 = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

  for (const [name, text] of Object.entries(pickles)) {
    it(`${name}, plain and in a torch archive`, async () => {
      expect(await refusal(name, latin1(text))).toMatch(/could run code/);
      const archive = zipSync({
        "archive/data.pkl": latin1(text),
        "archive/version": strToU8("3"),
      });
      expect(await refusal(name.replace("pkl", "pt"), archive)).toMatch(/could run code/);
    });
  }

  it("an object array inside an npz", async () => {
    const array = npyBytes("(2,)", new Uint8Array(64), "|O");
    expect(await refusal("object.npz", zipSync({ "X.npy": array }))).toMatch(/never opened/);
  });

  it("a list that holds itself", async () => {
    expect(await refusal("circle.pkl", latin1("\x80\x02]q\x01h\x01a."))).toMatch(/was read/);
  });

  it("rows that do not fit together: the odd one is named", async () => {
    const bytesOf = (name: string) => new Uint8Array(readFileSync(join(data, "hostile", name)));
    expect(await refusal("ragged.pt", bytesOf("ragged.pt"))).toMatch(
      /item 4 has 7 values, others are vectors of 16/,
    );
    expect(await refusal("missing_row.pt", bytesOf("missing_row.pt"))).toMatch(/item 4 is None/);
  });

  it("lists of lists that double at every level", async () => {
    let text = "\x80\x02]q\x01K\x01a0";
    for (let level = 1; level < 60; level++) {
      text += `](h${String.fromCharCode(level)}h${String.fromCharCode(level)}eq${String.fromCharCode(level + 1)}0`;
    }
    expect(await refusal("laughs.pkl", latin1(`${text}h\x3c.`))).toMatch(
      /nests too deeply|refers to itself|repeat the same vectors/,
    );
  });
});

describe("archives", () => {
  it("an entry that claims to inflate a thousandfold and more", async () => {
    const array = npyBytes("(100000000,)", new Uint8Array(0), "<f4");
    const zeros = new Uint8Array(60_000_000);
    zeros.set(array);
    const packed = zipSync({ "X.npy": zeros }, { level: 9 });
    expect(await refusal("bomb.npz", packed)).toMatch(/bomb/);
  });

  it("an entry whose size lies", async () => {
    const inner = npyBytes("(1000, 1000)", new Uint8Array(4_000_000), "<f4");
    const archive = zipSync({ "X.npy": inner }, { level: 6 });
    const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
    const central = Buffer.from(archive).lastIndexOf(Buffer.from("PK\x01\x02", "latin1"));
    view.setUint32(central + 24, 4_000_000, true);
    expect(await refusal("lies.npz", archive)).not.toMatch(/was read/);
  });

  it("entries that overlap", async () => {
    const archive = zipSync(
      {
        "A.npy": npyBytes("(2, 2)", new Uint8Array(16), "<f4"),
        "B.npy": npyBytes("(2, 2)", new Uint8Array(16), "<f4"),
      },
      { level: 0 },
    );
    const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
    const first = Buffer.from(archive).indexOf(Buffer.from("PK\x01\x02", "latin1"));
    const second = Buffer.from(archive).indexOf(Buffer.from("PK\x01\x02", "latin1"), first + 4);
    view.setUint32(second + 42, 4, true);
    expect(await refusal("overlap.npz", archive)).not.toMatch(/was read/);
  });

  it("names that lead out of the folder", async () => {
    const archive = zipSync({ "../../pwned.npy": npyBytes("(2, 2)", new Uint8Array(16), "<f4") });
    expect(await refusal("traversal.npz", archive)).toMatch(/invalid relative path/);
    expect(existsSync(join(folder, "../../pwned.npy"))).toBe(false);
  });

  it("a checksum that does not match", async () => {
    const inner = npyBytes("(50, 50)", new Uint8Array(10_000), "<f4");
    for (let i = 200; i < inner.length; i++) inner[i] = (i * 7919) % 251;
    const compressed = deflateRawSync(inner);
    const archive = zipSync({ "X.npy": inner }, { level: 6 });
    expect(compressed.length).toBeGreaterThan(0);
    const central = Buffer.from(archive).lastIndexOf(Buffer.from("PK\x01\x02", "latin1"));
    archive[central + 16] = (archive[central + 16] ?? 0) ^ 1;
    expect(await refusal("checksum.npz", archive)).toMatch(/checksum/);
  });
});

describe("headers that claim too much", () => {
  it("safetensors header of 2^60 bytes", async () => {
    const bytes = safetensorsBytes({});
    new DataView(bytes.buffer).setBigUint64(0, 2n ** 60n, true);
    expect(await refusal("header.safetensors", bytes)).toMatch(/claims 1152921504606846976 bytes/);
  });

  it("safetensors tensors that overlap or lie outside", async () => {
    const entry = (offsets: number[]) => ({ dtype: "F32", shape: [2, 2], data_offsets: offsets });
    const overlapping = safetensorsBytes(
      { a: entry([0, 16]), b: entry([8, 24]) },
      new Uint8Array(24),
    );
    expect(await refusal("overlap.safetensors", overlapping)).toMatch(/a and b overlap/);
    const outside = safetensorsBytes({ a: entry([16, 32]) }, new Uint8Array(24));
    expect(await refusal("outside.safetensors", outside)).toMatch(/outside the 24 bytes/);
    const backwards = safetensorsBytes({ a: entry([16, 0]) }, new Uint8Array(24));
    expect(await refusal("backwards.safetensors", backwards)).toMatch(/outside/);
  });

  it("shapes of 1e18 values and more", async () => {
    expect(
      await refusal("huge.npy", npyBytes("(1000000000, 1000000000)", new Uint8Array(640), "<f4")),
    ).toMatch(/claims/);
    expect(
      await refusal(
        "overflow.npy",
        npyBytes(`(${"9".repeat(300)}, 2)`.slice(0, 60) + ")", new Uint8Array(640), "<f4"),
      ),
    ).not.toMatch(/was read/);
    const entry = { dtype: "F32", shape: [2 ** 40, 2 ** 40], data_offsets: [0, 16] };
    expect(
      await refusal("huge.safetensors", safetensorsBytes({ a: entry }, new Uint8Array(16))),
    ).toMatch(/needs/);
  });

  it("a shard index that names other folders", async () => {
    const index = strToU8(JSON.stringify({ weight_map: { him: "../../../etc/passwd" } }));
    expect(await refusal("model.safetensors.index.json", index)).toMatch(/refused/);
  });
});

describe("HDF5 that leads elsewhere", () => {
  const bytesOf = (name: string) => new Uint8Array(readFileSync(join(data, "hostile", name)));

  it("groups that hold themselves are listed once, links out of the file not at all", async () => {
    for (const [name, tensors] of [
      ["cycle.h5", ["him"]],
      ["external_link.h5", ["him"]],
    ] as const) {
      const file = await openActivationFile(join(data, "hostile", name), nodeFileSystem);
      const readable = file.tensors.filter(({ unreadable }) => unreadable === undefined);
      const names = readable.map((tensor) => tensor.name);
      await file.close();
      expect(names.length).toBeLessThan(4);
      for (const tensor of tensors) expect(names).toContain(tensor);
      expect(await refusal(name, bytesOf(name))).toMatch(/was read/);
    }
  });

  it("values in other files are never fetched", async () => {
    expect(await refusal("virtual.h5", bytesOf("virtual.h5"))).toMatch(
      /virtual dataset .* never opened/,
    );
    expect(await refusal("external_storage.h5", bytesOf("external_storage.h5"))).toMatch(
      /cannot read it/,
    );
  });

  it("chunks and shapes beyond all measure", async () => {
    expect(await refusal("huge_chunk.h5", bytesOf("huge_chunk.h5"))).toMatch(/smaller chunks/);
    expect(await refusal("huge_shape.h5", bytesOf("huge_shape.h5"))).toMatch(/claims/);
  });

  it("what was never written is the fill value", async () => {
    const file = await openActivationFile(
      join(data, "hostile", "never_written.h5"),
      nodeFileSystem,
    );
    const values = new Float32Array(160);
    await file.readRows("him", 0, 10, values);
    await file.close();
    expect(values).toEqual(new Float32Array(160).fill(2.5));
  });
});

describe("what is no plain file", () => {
  it("a device, a folder, a missing file and a broken link", async () => {
    mkdirSync(join(folder, "folder.npy"));
    symlinkSync(join(folder, "nowhere"), join(folder, "broken.npy"));
    symlinkSync(join(folder, "loop.npy"), join(folder, "loop.npy"));
    const open = (path: string) => openActivationFile(path, nodeFileSystem);
    await expect(open("/dev/zero")).rejects.toThrow(/a device or pipe/);
    await expect(open(join(folder, "folder.npy"))).rejects.toThrow(
      /is a folder of no known layout/,
    );
    await expect(open(join(folder, "missing.npy"))).rejects.toThrow(/no such file/);
    await expect(open(join(folder, "broken.npy"))).rejects.toThrow(
      /is a link to .* nothing is there/,
    );
    await expect(open(join(folder, "loop.npy"))).rejects.toThrow(/circle/);
  });

  it("a pipe, which would be waited for for ever", async () => {
    const pipe = join(folder, "pipe.npy");
    expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
    await expect(openActivationFile(pipe, nodeFileSystem)).rejects.toThrow(/a device or pipe/);
  });
});

describe("cut short at every sixty-fourth", () => {
  const names = [
    "f32.npy",
    "fortran.npy",
    "stored.npz",
    "deflated.npz",
    "f16.safetensors",
    "dict_zip.pt",
    "dict_legacy.pt",
    "labelled.csv",
    "dict.json",
    "rows.jsonl",
    "wide_snappy.parquet",
    "list_zstd.parquet",
    "wide_lz4.feather",
    "list_f16.arrow",
    "chunked_gzip.h5",
    "latest_f16_be.h5",
    "v5.mat",
    "v5_compressed.mat",
    "v4.mat",
    "v73.mat",
  ];
  for (const name of names) {
    it(name, async () => {
      const whole = new Uint8Array(readFileSync(join(data, name)));
      for (let part = 0; part < 64; part++) {
        const cut = whole.slice(0, Math.floor((whole.length * part) / 64));
        const files = memoryFileSystem(new Map([[name, cut]]));
        await exercise(name, files);
      }
    });
  }
});
