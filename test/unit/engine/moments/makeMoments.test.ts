import { readdir, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FileSystem } from "../../../../src/activations/byteSource.ts";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { mergeMoments } from "../../../../src/engine/moments/makeMoments.ts";
import { foldOfCluster } from "../../../../src/moments/hashFolds.ts";
import { openMoments } from "../../../../src/moments/openMoments.ts";
import { npyBytes } from "../../../support/fileBytes.ts";
import { randomRows, seededNormal } from "../../../support/random.ts";
import { MomentsFolder } from "./momentsFolder.ts";

let folder: MomentsFolder;
beforeEach(async () => {
  folder = await MomentsFolder.make();
});
afterEach(() => folder.close());

const open = (name: string) => openMoments(folder.at(name), nodeFileSystem);

/** The covariance of stored values in whole numbers: no rounding but the last. @param step of which all are multiples */
function exactCovariance(
  rows: readonly Float64Array[],
  step: number,
): (i: number, j: number) => number {
  const whole = rows.map((row) => Array.from(row, (value) => BigInt(value / step)));
  const n = BigInt(rows.length);
  const sum = (term: (row: bigint[]) => bigint) => whole.reduce((all, row) => all + term(row), 0n);
  return (i, j) => {
    const numerator =
      n * sum((row) => row[i] * row[j]) - sum((row) => row[i]) * sum((row) => row[j]);
    return (Number(numerator) / Number(n * (n - 1n))) * step * step;
  };
}

describe("the covariance of stored values", () => {
  const columns = 5;
  const count = 3000;

  it.each([
    { type: "float32", ratio: 1e4, step: 2 ** -10 },
    { type: "float16", ratio: 100, step: 2 ** -4 },
  ])(
    "is exact to 1e-6 in $type with means $ratio times the deviations",
    async ({ type, ratio, step }) => {
      const normal = seededNormal(type === "float32" ? 3 : 4);
      const rows = Array.from({ length: count }, () =>
        // Multiples of a step that the type holds at this size: these are the values that the file stores.
        Float64Array.from(
          { length: columns },
          (_, j) => Math.round((ratio + (1 + j / 10) * normal()) / step) * step,
        ),
      );
      const single = Float32Array.from(rows.flatMap((row) => [...row]));
      const data = type === "float32" ? new Uint8Array(single.buffer) : halves(single);
      const shape = [count, columns];
      await folder.write("offset.npy", npyBytes(shape, data, type === "float32" ? "<f4" : "<f2"));
      await folder.moments({ it: "offset.npy" }, "offset.moments.safetensors", 3);
      const file = await open("offset.moments.safetensors");
      const { scatter, rows: found } = await file.read("it");
      await file.close();
      expect(found).toBe(count);
      const expected = exactCovariance(rows, step);
      for (let i = 0; i < columns; i += 1) {
        for (let j = 0; j <= i; j += 1) {
          const scale = Math.sqrt(expected(i, i) * expected(j, j));
          const error = scatter.values[i * columns + j] / (count - 1) - expected(i, j);
          expect(Math.abs(error) / scale).toBeLessThan(1e-6);
        }
      }
    },
  );

  /** float16 of values that it holds exactly. */
  function halves(values: Float32Array): Uint8Array {
    const bits = Uint16Array.from(values, (value) => {
      const exponent = Math.floor(Math.log2(value));
      const mantissa = (value / 2 ** exponent - 1) * 1024;
      if (!Number.isInteger(mantissa)) throw new Error(`${value} is no float16.`);
      return ((exponent + 15) << 10) | mantissa;
    });
    return new Uint8Array(bits.buffer);
  }
});

describe("moments of parts", () => {
  const rows = randomRows(64, 6, 5, (j) => 0.7 ** j).map((row) => row.map((value) => value + 100));

  it("add up to those of the whole, in any order", async () => {
    await folder.writeRows("all.npy", rows);
    await folder.moments({ it: "all.npy" }, "all.moments.safetensors", 0);
    const parts = [rows.slice(0, 5), rows.slice(5, 40), rows.slice(40)];
    for (const [i, part] of parts.entries()) {
      await folder.writeRows(`part${i}.npy`, part);
      await folder.moments({ it: `part${i}.npy` }, `part${i}.moments.safetensors`, 0);
    }
    const name = (i: number) => `part${i}.moments.safetensors`;
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
    ]) {
      await folder.merge(order.map(name), "sum.moments.safetensors");
      const [sum, whole] = [
        await open("sum.moments.safetensors"),
        await open("all.moments.safetensors"),
      ];
      const [found, expected] = [await sum.read("it"), await whole.read("it")];
      await sum.close();
      await whole.close();
      expect(found.rows).toBe(64);
      found.scatter.values.forEach((value, at) => {
        const [i, j] = [Math.floor(at / 6), at % 6];
        const square = (k: number) => expected.scatter.values[k * 7];
        const error =
          Math.abs(value - expected.scatter.values[at]) / Math.sqrt(square(i) * square(j));
        expect(error).toBeLessThan(1e-12);
      });
    }
  });

  it("may hold other conditions, which are joined", async () => {
    await folder.writeRows("him.npy", rows.slice(0, 30));
    await folder.writeRows("her.npy", rows.slice(30));
    await folder.moments({ him: "him.npy" }, "a.moments.safetensors", 4);
    await folder.moments({ her: "her.npy" }, "b.moments.safetensors", 4);
    const written = await folder.merge(
      ["a.moments.safetensors", "b.moments.safetensors"],
      "ab.moments.safetensors",
    );
    expect(written).toMatchObject({
      columns: 6,
      conditions: [
        { name: "him", rows: 30 },
        { name: "her", rows: 34 },
      ],
      assignment: { folds: 4, rule: "hash", unit: "rows", seed: 1 },
    });
    const report = await folder.validate(
      "ab.moments.safetensors#him",
      "ab.moments.safetensors#her",
    );
    expect(report.directions.forward.heldOut?.ratio).toBeGreaterThan(0);
  });

  it("are refused in one line if they do not belong together", async () => {
    await folder.writeRows("it.npy", rows);
    await folder.writeRows("wide.npy", randomRows(20, 7, 6));
    await folder.moments({ it: "it.npy" }, "it.moments.safetensors", 4);
    await folder.moments({ it: "wide.npy" }, "wide.moments.safetensors", 4);
    await folder.moments({ it: "it.npy" }, "seed.moments.safetensors", 4, 2);
    await folder.write("it.capture.json", JSON.stringify({ model: "gemma", layer: "6" }));
    await folder.moments({ it: "it.npy" }, "gemma.moments.safetensors", 4);
    await folder.write("it.capture.json", JSON.stringify({ model: "llama", layer: "6" }));
    await folder.moments({ it: "it.npy" }, "llama.moments.safetensors", 4);
    const merge = (a: string, b: string) =>
      folder.merge(
        [`${a}.moments.safetensors`, `${b}.moments.safetensors`],
        "out.moments.safetensors",
      );
    await expect(merge("it", "wide")).rejects.toThrow(/6 columns, .*wide.* of 7: choose parts/);
    await expect(merge("it", "seed")).rejects.toThrow(
      /in different ways \(4 and 4 folds, seeds 1 and 2\): make all parts/,
    );
    await expect(merge("gemma", "llama")).rejects.toThrow(
      /has model gemma, .* has llama: moments of different origin/,
    );
    await expect(merge("it", "it")).rejects.toThrow("added up twice");
    expect((await readdir(dirname(folder.at("x")))).some((name) => name.includes("out."))).toBe(
      false,
    );
    await merge("it", "gemma");
    const file = await open("out.moments.safetensors");
    expect(file.metadata.provenance).toEqual({ model: "gemma", layer: "6" });
    await file.close();
  });
});

describe("moments of hostile and careless choices", () => {
  const refused = async (promise: Promise<unknown>, line: RegExp | string) => {
    await expect(promise).rejects.toThrow(line);
    const left = await readdir(dirname(folder.at("x")));
    expect(left.filter((name) => name.includes("out") || name.endsWith(".partial"))).toEqual([]);
  };
  const out = "out.moments.safetensors";

  it("names the NaN and leaves nothing behind", async () => {
    const rows = randomRows(20, 3, 1);
    rows[17] = [1, NaN, 3];
    await folder.writeRows("nan.npy", rows);
    await folder.writeRows("fine.npy", randomRows(20, 3, 2));
    await refused(folder.moments({ fine: "fine.npy", nan: "nan.npy" }, out), /nan\.npy.*row 17/);
    await refused(folder.moments({ nan: "nan.npy" }, out, 0), /nan\.npy.*row 17/);
  });

  it("says what is wrong in one line", async () => {
    await folder.writeRows("it.npy", randomRows(20, 3, 1));
    await folder.writeRows("wide.npy", randomRows(20, 4, 1));
    await folder.writeRows(
      "huge.npy",
      randomRows(20, 3, 1, () => 1e200),
    );
    await refused(folder.moments({ a: "it.npy", b: "wide.npy" }, out), /3 columns, .*has 4/);
    await refused(folder.moments({ "a.fold.2": "it.npy" }, out), "reads as the name of a fold");
    await refused(folder.moments({ it: "it.npy" }, out, 11), "20 rows, too few for 11 folds");
    await refused(folder.moments({ it: "huge.npy" }, out), "beyond what a double holds");
  });

  it("refuses to write over what it reads", async () => {
    await folder.writeRows("it.npy", randomRows(20, 3, 1));
    const before = await folder.read("it.npy");
    await refused(folder.moments({ it: "it.npy" }, "it.npy"), "would be replaced");
    expect(await folder.read("it.npy")).toEqual(before);
  });

  it("notices an input that changes meanwhile", async () => {
    await folder.writeRows("him.npy", randomRows(20, 3, 1));
    await folder.moments({ it: "him.npy" }, "a.moments.safetensors");
    await folder.moments({ it: "him.npy" }, "b.moments.safetensors");
    const [a, b] = [folder.at("a.moments.safetensors"), folder.at("b.moments.safetensors")];
    const touching: FileSystem = {
      ...nodeFileSystem,
      open: async (path) => {
        if (path === b) await utimes(a, 1, 1);
        return nodeFileSystem.open(path);
      },
    };
    await refused(mergeMoments([a, b], folder.at(out), touching), "changed while it was read");
  });
});

describe("folds", () => {
  it("keep clusters together by their names, the same in every part", async () => {
    const rows = randomRows(60, 4, 8);
    const cell = (row: number[], i: number) => [...row, `speaker ${i % 9}`].join(",");
    const header = "n0,n1,n2,n3,speaker";
    await folder.write("it.csv", [header, ...rows.map(cell)].join("\n"));
    const written = await folder.moments({ it: "it.csv" }, "it.moments.safetensors", 3, 7);
    expect(written.assignment).toEqual({ folds: 3, rule: "hash", unit: "clusters", seed: 7 });
    const counts = [0, 0, 0];
    rows.forEach((_row, i) => (counts[foldOfCluster(`speaker ${i % 9}`, 7, 3)] += 1));
    const file = await open("it.moments.safetensors");
    expect([0, 1, 2].map((fold) => file.rows("it", fold))).toEqual(counts);
    await file.close();
  });

  it("are those that eigenlens_moments.py gives", () => {
    // printf '1:a' | sha256sum, and so on: the first eight digits modulo the number of folds.
    const clusters = ["a", "b", "Zoë", ""];
    expect(clusters.map((cluster) => foldOfCluster(cluster, 1, 5))).toEqual([2, 3, 4, 3]);
  });
});
