import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { measured, type MeasuredOutcome } from "../support/measuredCommand.ts";
import { npyBytes, safetensorsBytes } from "../support/fileBytes.ts";

const folder = mkdtempSync(join(tmpdir(), "bounds-"));
let idleBytes = 0;

/** Inspects or converts a file of these bytes, and holds what that took against the file's size. */
function tried(name: string, bytes: Uint8Array, tensor?: string): MeasuredOutcome {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const words =
    tensor === undefined
      ? ["inspect", path]
      : ["convert", `${path}${tensor}`, join(folder, "output.npy")];
  const outcome = measured(...words);
  expect(outcome.seconds, "seconds of processor time").toBeLessThan(5);
  expect(outcome.bytes - idleBytes, "bytes of memory").toBeLessThan(3 * bytes.length + 200e6);
  expect(outcome.message.trim().split("\n").length, outcome.message).toBe(1);
  if (outcome.code !== 0) expect(outcome.message).toContain(name);
  return outcome;
}

const latin1 = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

beforeAll(() => {
  idleBytes = measured("--version").bytes;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("one object of a pickle, many references", () => {
  const array = (values: number) => {
    const bytes = "\0".repeat(8 * values);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    const count = Buffer.alloc(4);
    count.writeUInt32LE(values);
    return (
      "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\x00\x85C\x01btR" +
      `(K\x01J${count.toString("latin1")}\x85cnumpy\ndtype\n(X\x02\x00\x00\x00f8K\x00K\x01tR` +
      "(K\x03X\x01\x00\x00\x00<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89" +
      `B${length.toString("latin1")}${bytes}tb`
    );
  };

  it("a list of whole numbers", () => {
    const list = `\x80\x02](${"K\x01".repeat(200_000)}eq\x000`;
    const outcome = tried("list.pkl", latin1(`${list}](${"h\x00".repeat(20_000)}e.`));
    expect(outcome.output).toContain("repeat the same vectors");
  });

  it("an array, as rows of a list and under names of a dictionary", () => {
    const rows = `\x80\x02${array(100_000)}q\x000](${"h\x00".repeat(100_000)}e.`;
    expect(tried("rows.pkl", latin1(rows)).output).toContain("repeat the same vectors");
    const matrix = `\x80\x02](${array(100_000)}aq\x000`;
    let names = "";
    for (let i = 0; i < 100_000; i++) {
      names += `X\x06\x00\x00\x00${String(i).padStart(6, "0")}](h\x00h\x00e`;
    }
    tried("names.pkl", latin1(`${matrix}}(${names}u.`));
  });

  it("values of a stack of references are right where they are few", () => {
    const rows = `\x80\x02${array(10)}q\x000](${"h\x00".repeat(5)}e.`;
    expect(tried("few.pkl", latin1(rows), "").output).toContain("5 x 10 float64");
  });

  it("lists in lists, as deep and as many as bytes allow", () => {
    const million = 1_000_000;
    for (const [name, text] of [
      ["deep.pkl", `\x80\x02${"]".repeat(million)}${"a".repeat(million - 1)}.`],
      ["marks.pkl", `\x80\x02${"(".repeat(million)}.`],
      ["tuples.pkl", `\x80\x02)${"\x85".repeat(million)}.`],
      ["calls.pkl", `\x80\x02](${"cbuiltins\nlist\n)R".repeat(million / 4)}e.`],
      ["twice.pkl", `\x80\x02]q\x00${"h\x00".repeat(3 * million)}.`],
      ["put.pkl", `\x80\x02N${Array.from({ length: 300_000 }, (_, i) => `p${i}\n`).join("")}.`],
    ] as const) {
      tried(name, latin1(text));
    }
  });

  it("a name that doubles at every level, and a long key shared by many", () => {
    let text = "\x80\x02]q\x01(K\x01K\x02e0";
    for (let level = 1; level < 60; level++) {
      const [here, next] = [String.fromCharCode(level), String.fromCharCode(level + 1)];
      text += `}q${next}(X\x01\x00\x00\x00ah${here}X\x01\x00\x00\x00bh${here}u0`;
    }
    expect(tried("doubles.pkl", latin1(`${text}h\x3c.`)).code).toBe(1);
    const key = `X\x40\x42\x0f\x00${"k".repeat(1_000_000)}`;
    const vectors = `](${"](X\x01\x00\x00\x00aX\x01\x00\x00\x00be".repeat(100_000)}e`;
    expect(tried("key.pkl", latin1(`\x80\x02}${key}${vectors}s.`)).message).toMatch(/far more/);
  });
});

describe("more entries than anyone saves", () => {
  const header = (count: number) => {
    const entries: Record<string, unknown> = {};
    const entry = { dtype: "F32", shape: [0], data_offsets: [0, 0] };
    for (let i = 0; i < count; i++) entries[`t${i}`] = entry;
    return safetensorsBytes(entries);
  };

  it("safetensors, and headers of brackets alone", () => {
    expect(tried("many.safetensors", header(200_000)).message).toMatch(/more than the 100000/);
    expect(tried("most.safetensors", header(60_000)).output.split("\n").length).toBeGreaterThan(
      6e4,
    );
    for (const text of [`{"a":${"[".repeat(8e6)}`, `[${"[],".repeat(4e6)}[]]`]) {
      expect(tried("brackets.safetensors", safetensorsBytes(text)).message).toMatch(/more than/);
    }
  });

  it("npz, stored", () => {
    const array = strToU8("\x93NUMPY\x01\x00", true);
    const entries: Record<string, Uint8Array> = {};
    for (let i = 0; i < 60_000; i++) entries[`t${i}.npy`] = array;
    const many = zipSync(entries, { level: 0 });
    expect(tried("many.npz", many).message).toMatch(/holds 60000 entries, more than/);
  });

  it("MATLAB 4", () => {
    const variable = new Uint8Array(24);
    new DataView(variable.buffer).setUint32(16, 4, true);
    variable.set(strToU8("abc"), 20);
    const file = new Uint8Array(24 * 200_000);
    for (let at = 0; at < file.length; at += 24) file.set(variable, at);
    expect(tried("many.mat", file).message).toMatch(/more than the 50000 variables/);
  });
});

describe("what is packed small", () => {
  it("a hundred arrays of 32 MB in a few MB: each is inflated when it is read", () => {
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (8, 1000000), }".padEnd(117);
    const array = new Uint8Array(128 + 32_000_000);
    array.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
    array.set(strToU8(`${header}\n`), 10);
    // Packed tighter than a thousandfold, they would be refused as bombs.
    for (let at = 128; at < array.length; at += 256) array[at] = Math.imul(at, 0x9e3779b1) >>> 24;
    const names = Array.from({ length: 100 }, (_, i) => `t${i}.npy`);
    // The same packed bytes under a hundred names, each a copy: packing them anew would take minutes.
    const packed = zipSync({ "t.npy": array }, { level: 1 });
    const file = repeated(packed, names);
    const outcome = tried("bombs.npz", file);
    expect(outcome.output).toContain("t99");
    const converted = tried("bombs.npz", file, "#t99");
    expect(converted.output).toContain("8 x 1000000 float32");
  });
});

/** An archive of one entry, as an archive of many that hold the same. */
function repeated(archive: Uint8Array, names: readonly string[]): Uint8Array {
  const bytes = Buffer.from(archive);
  const directory = bytes.lastIndexOf("PK\x01\x02", undefined, "latin1");
  const central = bytes.subarray(directory, directory + 46);
  const dataStart = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
  const data = bytes.subarray(dataStart, dataStart + central.readUInt32LE(20));
  const parts: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const name of names) {
    const local = Buffer.from(bytes.subarray(0, 30));
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(0, 28);
    // Sizes stand in the header, not behind the data.
    local.writeUInt16LE(0, 6);
    local.writeUInt32LE(central.readUInt32LE(16), 14);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(central.readUInt32LE(24), 22);
    const entry = Buffer.from(central);
    entry.writeUInt16LE(0, 8);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(0, 30);
    entry.writeUInt16LE(0, 32);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, Buffer.from(name), data);
    entries.push(entry, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(Buffer.concat(entries).length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...parts, ...entries, end]));
}

describe("tensors without values", () => {
  const most = String(Number.MAX_SAFE_INTEGER);

  const npy = (shape: string, descriptor = "<f4") => npyBytes(shape, new Uint8Array(0), descriptor);

  it("any number of rows, columns or empty texts is refused at once", () => {
    for (const shape of [`(${most}, 0)`, `(0, ${most})`, `(${most}, 0, 3)`, "(268435456, 0, 3)"]) {
      const outcome = tried("empty.npy", npy(shape), "");
      expect([shape, outcome.code, outcome.message]).toEqual([
        shape,
        1,
        expect.stringMatching(/header claims|no columns|no rows/),
      ]);
    }
    expect(tried("texts.npy", npy("(268435456,)", "<U0"), "#X").code).toBe(1);
  });

  it("an empty matrix of a usual size is written as it is", () => {
    const archive = zipSync({ "a.npy": npy("(0, 16)"), "b.npy": npy("(5, 0)") });
    expect(tried("none.npz", archive, "#a").output).toContain("0 x 16 float32");
    expect(tried("none.npz", archive, "#b").output).toContain("5 x 0 float32");
    expect(statSync(join(folder, "output.npy")).size).toBe(128);
  });

  it("more axes than numpy reads are not written", () => {
    // An axis of one would be left out.
    const shape = [0, ...new Array<number>(70).fill(2)];
    const entry = { dtype: "F32", shape, data_offsets: [0, 0] };
    const path = join(folder, "axes.safetensors");
    writeFileSync(path, safetensorsBytes({ a: entry }, new Uint8Array(4)));
    const outcome = measured("convert", `${path}#a`, join(folder, "axes.npy"));
    expect(outcome.message).toMatch(/numpy reads up to 64 axes/);
  });

  it("names that every object inherits are no types", () => {
    for (const type of ["constructor", "toString", "__proto__", "valueOf", "hasOwnProperty"]) {
      expect(tried("type.npy", npy("(2, 2)", type), "").message).toMatch(/its type \w+ is not/);
      const entry = { dtype: type, shape: [1, 1], data_offsets: [0, 4] };
      const bytes = safetensorsBytes({ a: entry }, new Uint8Array(4));
      expect(tried("type.safetensors", bytes, "#a").message).toMatch(/its type \w+ is not read/);
    }
  });
});
