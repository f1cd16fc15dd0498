import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseSource } from "../../../../src/conditions/parseSource.ts";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { defaultValidationOptions } from "../../../../src/ged/validation/options.ts";
import { foldOfCluster } from "../../../../src/moments/hashFolds.ts";
import { openMoments } from "../../../../src/moments/openMoments.ts";
import { randomRows } from "../../../support/random.ts";
import { call, MomentsFolder } from "./momentsFolder.ts";

let folder: MomentsFolder;
const groups = 20;
const scale = (planted: number) => (j: number) => 0.9 ** j * (j === 3 ? planted : 1);

beforeAll(async () => {
  folder = await MomentsFolder.make();
  await folder.writeRows("him.npy", randomRows(240, 10, 21, scale(4)));
  await folder.writeRows("her.npy", randomRows(220, 10, 22, scale(1)));
  await folder.writeRows("noise.npy", randomRows(230, 10, 23, scale(1)));
});
afterAll(() => folder.close());

const make = (sources: Readonly<Record<string, string>>, out: string, more: object = {}) =>
  folder.moments(sources, out, 5, 1, { groups, ...more });
const validate = (target: string, reference: string, permutations = 60) =>
  folder.engine.validate(
    {
      ...folder.request(target, reference),
      validation: { ...defaultValidationOptions, permutations },
    },
    call(),
  );

describe("groups of clusters in a moments document", () => {
  it("lie in the folds that the rows would have without them", async () => {
    await make({ him: "him.npy", her: "her.npy" }, "grouped.moments.safetensors");
    await folder.moments({ him: "him.npy", her: "her.npy" }, "plain.moments.safetensors", 5, 1, {
      rule: "hash",
    });
    const open = (name: string) => openMoments(folder.at(name), nodeFileSystem);
    const grouped = await open("grouped.moments.safetensors");
    const plain = await open("plain.moments.safetensors");
    expect(grouped.metadata.assignment).toEqual({
      ...plain.metadata.assignment,
      groups: { count: groups, paired: false },
    });
    const counts = new Array<number>(groups).fill(0);
    for (let row = 0; row < 240; row += 1) counts[foldOfCluster(`him#${row}`, 1, groups)] += 1;
    for (let group = 0; group < groups; group += 1) {
      expect((await grouped.readGroup("him", group)).rows).toBe(counts[group]);
    }
    for (let fold = 0; fold < 5; fold += 1) {
      const [own, other] = [await grouped.read("him", fold), await plain.read("him", fold)];
      expect(own.rows).toBe(other.rows);
      own.scatter.values.forEach((value, i) => {
        expect(value).toBeCloseTo(other.scatter.values[i] ?? NaN, 9);
      });
    }
    await grouped.close();
    await plain.close();
  });

  it("give p: small for what is there, not for noise; and the report says of what", async () => {
    const document = "grouped.moments.safetensors";
    const { directions, omitted, permutations, maxP } = await validate(
      `${document}#him`,
      `${document}#her`,
    );
    const { forward } = directions;
    expect(forward.heldOut?.ratio).toBeGreaterThan(8);
    expect(forward.permutation?.heldOut?.p).toBeCloseTo(1 / 61, 12);
    expect(maxP).toBeCloseTo(1 / 61, 12);
    expect(forward.heldOutRatioInterval?.low).toBeGreaterThan(1);
    expect(forward.verdict).toBe("holds");
    expect(permutations).toMatchObject({ count: 60, exchange: "clusters", repeats: 1 });
    expect(omitted.join("\n")).toMatch(
      /the labels of 40 groups of rows were permuted, in 10 components that hold 100 % of/,
    );
    // Where no component is left out, the statistic is the very ratio that is reported.
    const { observed = NaN } = forward.permutation?.heldOut ?? {};
    expect(observed / (forward.heldOut?.ratio ?? NaN)).toBeCloseTo(1, 9);

    await make({ her: "her.npy", noise: "noise.npy" }, "noise.moments.safetensors");
    const nothing = await validate(
      "noise.moments.safetensors#noise",
      "noise.moments.safetensors#her",
    );
    expect(nothing.directions.forward.permutation?.heldOut?.p).toBeGreaterThan(0.05);
    expect(nothing.directions.forward.verdict).not.toBe("holds");
  });

  it("turn together if both conditions have rows of the same clusters", async () => {
    const header = [...Array.from({ length: 10 }, (_, j) => `n${j}`), "speaker"].join(",");
    for (const name of ["him", "her"]) {
      const rows = randomRows(200, 10, name === "him" ? 31 : 32, scale(name === "him" ? 4 : 1));
      const lines = rows.map((row, i) => [...row, `speaker ${i % 50}`].join(","));
      await folder.write(`${name}.csv`, [header, ...lines].join("\n"));
    }
    const written = await make({ him: "him.csv", her: "her.csv" }, "pairs.moments.safetensors");
    expect(written.assignment?.groups).toEqual({ count: groups, paired: true });
    const report = await validate(
      "pairs.moments.safetensors#him",
      "pairs.moments.safetensors#her",
      20,
    );
    expect(report.permutations?.exchange).toBe("withinGroups");
  });

  it("add up with those of other parts", async () => {
    for (const [part, range] of [
      ["a", "0:100"],
      ["b", "100:220"],
    ] as const) {
      const sources = { him: `him.npy[rows=${range}]`, her: `her.npy[rows=${range}]` };
      await make(sources, `${part}.moments.safetensors`);
    }
    const parts = ["a", "b"].map((part) => `${part}.moments.safetensors`);
    const written = await folder.merge(parts, "ab.moments.safetensors");
    expect(written.assignment?.groups?.count).toBe(groups);
    const file = await openMoments(folder.at("ab.moments.safetensors"), nodeFileSystem);
    let rows = 0;
    for (let group = 0; group < groups; group += 1) {
      rows += (await file.readGroup("her", group)).rows;
    }
    expect(rows).toBe(220);
    await file.close();
    const other = folder.merge(
      ["a.moments.safetensors", "plain.moments.safetensors"],
      "out.moments.safetensors",
    );
    await expect(other).rejects.toThrow("in different ways");
  });

  it.each([
    [10, {}, "--groups=20"],
    [2300, {}, "--groups=10"],
    [3000, {}, undefined],
    [3000, { range: 400 }, "--groups=20"],
    [15_000, {}, "--groups=20"],
    [10, { folds: 0 }, undefined],
    [10, { groups: 15 }, "--groups=15"],
  ])("are as many as a task has room for, of %i neurons with %o", async (columns, more, word) => {
    const name = `wide${columns}.npy`;
    await folder.writeRows(name, randomRows(10, columns, 5));
    const source = parseSource(folder.at(name));
    const words = await folder.engine.moments.prepareCluster(
      {
        request: {
          conditions: [{ name: "it", source }],
          ...{ folds: 5, seed: 1, groups: "auto", out: folder.at("out.moments.safetensors") },
          ...more,
        },
        cluster: {},
        folder: folder.at(""),
      },
      call(),
    );
    expect(words.find((each) => each.startsWith("--groups"))).toBe(word);
  });

  it("are refused in one line if they do not fit the folds", async () => {
    const sources = { him: "him.npy", her: "her.npy" };
    for (const wrong of [{ groups: 7 }, { groups: 5 }, { rule: "design" as const }]) {
      await expect(make(sources, "out.moments.safetensors", wrong)).rejects.toThrow(
        /groups of clusters in 5 folds.*: choose --fold-rule hash and a multiple of the folds, such as --groups 20/,
      );
    }
  });

  it("are damaged if they do not add up", async () => {
    const bytes = await folder.read("grouped.moments.safetensors");
    const text = bytes.toString("latin1");
    const name = /"her\.cluster\.3\.count":[^}]*"data_offsets":\[(\d+)/.exec(text);
    const start = 8 + Number(bytes.readBigUInt64LE(0)) + Number(name?.[1]);
    bytes.writeDoubleLE(bytes.readDoubleLE(start) + 1, start);
    await folder.write("damaged.moments.safetensors", bytes);
    await expect(
      openMoments(folder.at("damaged.moments.safetensors"), nodeFileSystem),
    ).rejects.toThrow("the groups of clusters of her have 221 rows together, not its 220");
  });
});
