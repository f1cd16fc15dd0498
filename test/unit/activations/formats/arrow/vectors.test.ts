import { makeData, Float32, Table, tableToIPC, Utf8, Vector as ArrowVector } from "apache-arrow";
import { describe, expect, it } from "vitest";
import type { StoredBatch } from "../../../../../src/activations/formats/arrow/batch.ts";
import type { ArrowField } from "../../../../../src/activations/formats/arrow/schema.ts";
import { CharacterCount, textsOf } from "../../../../../src/activations/formats/arrow/texts.ts";
import { loadVector } from "../../../../../src/activations/formats/arrow/vectors.ts";
import { mostCharacters } from "../../../../../src/activations/formats/labelBounds.ts";
import { openActivationFile } from "../../../../../src/activations/openActivationFile.ts";
import { EigenlensError } from "../../../../../src/errors.ts";
import { memoryFileSystem } from "../../../../fuzz/memoryFileSystem.ts";

/** Labels of five rows, of which every second is missing. */
function arrowFile(offsets: readonly number[]): Uint8Array {
  const length = offsets.length - 1;
  const label = makeData({
    type: new Utf8(),
    length,
    nullCount: 2,
    nullBitmap: Uint8Array.of(0b10101),
    valueOffsets: Int32Array.from(offsets),
    data: new Uint8Array(8).fill(97),
  });
  const column = () =>
    new ArrowVector([makeData({ type: new Float32(), length, data: new Float32Array(length) })]);
  const table = new Table({ label: new ArrowVector([label]), n0: column(), n1: column() });
  return tableToIPC(table, "file");
}

async function labelsOf(offsets: readonly number[]): Promise<readonly string[]> {
  const files = memoryFileSystem(new Map([["x.arrow", arrowFile(offsets)]]));
  const file = await openActivationFile("x.arrow", files);
  return file.readLabels("label");
}

describe("offsets of texts", () => {
  it("may skip bytes for rows that are missing", async () => {
    expect(await labelsOf([0, 1, 3, 4, 6, 8])).toEqual(["a", "", "a", "", "aa"]);
  });

  it.each([
    ["fall for rows that are missing", [0, 8, 0, 8, 0, 8]],
    ["begin below none", [-1, 1, 2, 3, 4, 5]],
    ["end beyond the buffer", [0, 1, 2, 3, 4, 90]],
  ])("that %s are refused", async (_, offsets) => {
    const thrown: unknown = await labelsOf(offsets).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(EigenlensError);
    const { code, message } = thrown as EigenlensError;
    expect(code).toBe("file-format");
    expect(message).toMatch(/^x\.arrow: not readable as Arrow \(a text from byte.*\)[^\n]*$/);
  });
});

describe("views of texts", () => {
  const size = 2 ** 20;
  const field: ArrowField = {
    name: "label",
    type: { kind: "texts", layout: "views" },
    children: [],
    nodes: 1,
    buffers: 2,
    views: 1,
  };

  /** So many views of one buffer of a mebibyte. */
  function batchOf(length: number, bitmap = new Uint8Array(0)): StoredBatch {
    const views = new DataView(new ArrayBuffer(16 * length));
    for (let row = 0; row < length; row++) views.setInt32(16 * row, size, true);
    const buffers = [bitmap, new Uint8Array(views.buffer), new Uint8Array(size).fill(97)];
    return {
      node: () => ({ length, hasNulls: bitmap.length > 0 }),
      viewBuffers: () => 1,
      buffer: (at: number) => Promise.resolve(buffers[at]),
    } as unknown as StoredBatch;
  }
  const load = (batch: StoredBatch) => loadVector(batch, field, { node: 0, buffer: 0, view: 0 });

  it("may share their bytes, up to as many as labels have", async () => {
    const vector = await load(batchOf(mostCharacters / size));
    expect(textsOf(field.type, vector, 1, 2)).toEqual(["a".repeat(size)]);
  });

  it("of more are refused before one is decoded", async () => {
    const length = mostCharacters / size + 1;
    await expect(load(batchOf(length))).rejects.toThrow(/^texts of 135266304 bytes, where/);
    const bitmap = new Uint8Array(Math.ceil(length / 8)).fill(0xff);
    bitmap[0] = 0xfe;
    expect((await load(batchOf(length, bitmap))).length).toBe(length);
  });
});

it("characters are counted over all batches, and more in a longer file", () => {
  const text = "a".repeat(mostCharacters / 2);
  const [short, long] = [new CharacterCount(1000), new CharacterCount(mostCharacters)];
  for (const count of [short, long]) [text, text].forEach((each) => count.add(each));
  expect(() => short.add("a")).toThrow(RangeError);
  long.add(text);
});
