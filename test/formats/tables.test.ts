import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ActivationFile } from "../../src/activations/activationFile.ts";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";
import { openCondition } from "../../src/conditions/openCondition.ts";
import { parseSource } from "../../src/conditions/parseSource.ts";
import { EigenlensError } from "../../src/errors.ts";

const data = join(__dirname, "data");
const him = Array.from({ length: 20 }, (_, row) => (row < 10 ? "him" : "her"));
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tables-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function withFile<Result>(
  path: string,
  use: (file: ActivationFile) => Promise<Result> | Result,
): Promise<Result> {
  const file = await openActivationFile(path, nodeFileSystem);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function refusal(path: string, tensor: string, start = 0, stop?: number): Promise<string> {
  return withFile(path, async (file) => {
    const info = file.tensors.find(({ name }) => name === tensor);
    expect(info, path).toBeDefined();
    const [rows = 0, ...rest] = info?.shape ?? [];
    const length = rest.reduce((product, extent) => product * extent, 1);
    const end = stop ?? rows;
    const values = new Float64Array((end - start) * length);
    const thrown: unknown = await file
      .readRows(tensor, start, end, values)
      .catch((error: unknown) => error);
    if (thrown === undefined) return "";
    expect(thrown).toBeInstanceOf(EigenlensError);
    const message = thrown instanceof Error ? thrown.message : "";
    expect(message).not.toMatch(/damaged|\n/);
    return message;
  });
}

describe.each(["nulls.arrow", "nulls.parquet"])("what is missing in %s is named by row", (name) => {
  const path = join(data, name);
  const faults: Readonly<Record<string, RegExp>> = {
    missing: /tensor missing, row 3 has no value \(null\): fill it in or drop the row/,
    fixed: /tensor fixed, row 3 has no value/,
    inside: /tensor inside, row 4 has no value at \[2\]/,
    empty: /tensor empty, row 6 has 0 values, the first row 16/,
    ragged: /tensor ragged, row 7 has 15 values, the first row 16/,
    first: /tensor first, row 0 has no value/,
  };

  it.each(Object.keys(faults))("%s", async (tensor) => {
    expect(await refusal(path, tensor)).toMatch(faults[tensor] ?? /^$/);
  });

  it("rows before and after are read", async () => {
    expect(await refusal(path, "missing", 0, 3)).toBe("");
    expect(await refusal(path, "missing", 4)).toBe("");
    expect(await refusal(path, "first", 1)).toBe("");
  });

  it("a list of vectors of which one is missing", async () => {
    const other = join(data, name.replace("nulls", "null_tokens"));
    expect(await refusal(other, "missing")).toMatch(/row 5 has no value at \[1\]/);
  });
});

it("a list view that is missing is named by row", async () => {
  expect(await refusal(join(data, "nulls.arrow"), "view")).toMatch(/row 3 has no value/);
});

it("a missing row does not trouble a condition that leaves it out", async () => {
  const path = written(
    "some.jsonl",
    [...him.keys()]
      .map((row) => JSON.stringify({ label: row % 2, acts: row === 4 ? null : [row, 1] }))
      .join("\n"),
  );
  const condition = await openCondition(parseSource(`${path}#acts[label=1]`), nodeFileSystem);
  const values = new Float64Array(2 * condition.rows);
  await condition.readRows(0, condition.rows, values);
  await condition.close();
  expect([...values].filter((_, at) => at % 2 === 0)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
  const other = await openCondition(parseSource(`${path}#acts[label=0]`), nodeFileSystem);
  await expect(other.readRows(0, other.rows, new Float64Array(20))).rejects.toThrow(
    /record 4, field acts has no value/,
  );
  await other.close();
});

describe("label columns of Arrow", () => {
  it("are read whatever their type, in slices of batches", async () => {
    await withFile(join(data, "sliced.arrow"), async (file) => {
      const rows = Array.from({ length: 20 }, (_, row) => (row + 3) % 20);
      const expected = rows.map((row) => him[row]);
      expect(await file.readLabels("large")).toEqual(expected);
      expect(await file.readLabels("coded")).toEqual(expected);
      expect(await file.readLabels("views")).toEqual(
        expected.map((label) => `${label} with a longer text than twelve`),
      );
      expect(await file.readLabels("flag")).toEqual(expected.map((label) => `${label === "him"}`));
      expect(await file.readLabels("number")).toEqual(
        expected.map((label) => (label === "him" ? "1" : "0")),
      );
      // Beyond what a double holds.
      expect(await file.readLabels("big")).toEqual(rows.map((row) => `${2n ** 60n + BigInt(row)}`));
      expect((await file.readLabels("day"))[7]).toBe("2024-01-02T00:00:00.000Z");
      const nothing = file.tensors.find(({ name }) => name === "nothing");
      expect(nothing?.unreadable).toMatch(/neither numbers nor texts/);
    });
  });
});

describe.each(["datasets.arrow", "datasets.parquet"])("classes in %s", (name) => {
  it("go by their names", async () => {
    await withFile(join(data, name), async (file) => {
      const info = file.tensors.find((tensor) => tensor.name === "label");
      expect(info?.classNames).toEqual(["her", "him"]);
      expect((await file.readLabels("label")).slice(0, 4)).toEqual(["him", "her", "him", "her"]);
    });
  });
});

describe("columns that are no neurons", () => {
  async function wide(path: string) {
    return withFile(path, (file) => {
      const matrix = file.tensors.find(({ shape }) => shape.length === 2);
      return { matrix, labels: file.tensors.filter((tensor) => tensor !== matrix) };
    });
  }

  it.each(["pandas.parquet", "pandas.feather", "pandas_no_header.csv", "named_neurons.csv"])(
    "are left out of %s, which says so",
    async (name) => {
      const { matrix } = await wide(join(data, name));
      expect(matrix?.shape).toEqual([20, 16]);
      expect(matrix?.notes).toHaveLength(1);
      expect(matrix?.notes?.[0]).toMatch(/not counted as neurons?; \[columns=all\]/);
    },
  );

  it("come back when they are asked for, alone or by name", async () => {
    const path = join(data, "named_neurons.csv");
    const columns = async (selection: string) => {
      const condition = await openCondition(parseSource(path + selection), nodeFileSystem);
      await condition.close();
      return condition.columns;
    };
    expect(await columns("")).toBe(16);
    expect(await columns("[columns=all]")).toBe(18);
    expect(await columns("[columns=0:3,labels=him]")).toBe(3);
    expect(await columns("[columns~/^L6/]")).toBe(8);
    await expect(columns("[columns~/^nothing/]")).rejects.toThrow(
      /no column of numbers is among the columns chosen/,
    );
    const npy = parseSource(join(data, "f32.npy[columns=all]"));
    await expect(openCondition(npy, nodeFileSystem)).rejects.toThrow(/is no table/);
  });

  it("reach the user of a run as notes", async () => {
    const condition = await openCondition(
      parseSource(join(data, "pandas_no_header.csv")),
      nodeFileSystem,
    );
    await condition.close();
    expect(condition.notes?.join()).toMatch(/pandas_no_header\.csv: the columns column0, column1/);
  });

  it("names of neurons are kept if they are more than a number", async () => {
    for (const name of ["named_neurons.csv", "named_neurons.parquet"]) {
      const { matrix } = await wide(join(data, name));
      expect(matrix?.columnNames?.slice(0, 3)).toEqual([
        "L6.neuron_5",
        "L7.neuron_8",
        "L6.neuron_11",
      ]);
    }
    expect((await wide(join(data, "pandas.parquet"))).matrix?.columnNames).toBeUndefined();
  });

  it("whole numbers alone are neurons, all of them", async () => {
    const { matrix } = await wide(join(data, "quantised_no_header.csv"));
    expect(matrix?.shape).toEqual([20, 16]);
    expect(matrix?.notes).toBeUndefined();
  });

  it("a counter in records is none", async () => {
    const path = written(
      "records.jsonl",
      [...him.keys()].map((row) => JSON.stringify({ nr: row, a: row + 0.5, b: 0.25 })).join("\n"),
    );
    const { matrix } = await wide(path);
    expect(matrix?.shape).toEqual([20, 2]);
    expect(matrix?.columnNames).toEqual(["a", "b"]);
  });
});

describe("lists in cells", () => {
  it("that numpy has shortened are refused, with the way out", async () => {
    const path = written(
      "short.csv",
      'acts,label\n"[0.1 0.2 ... 0.8 0.9]",him\n"[1. 2. ... 3.]",her\n',
    );
    await withFile(path, (file) => {
      expect(file.tensors[0]?.unreadable).toMatch(/shortened .* save row\.tolist\(\)/);
    });
  });

  it("that differ in length or are missing are named by row", async () => {
    const path = written(
      "ragged.csv",
      'acts,n\n"[1, 2]",1\n"[1, 2, 3]",2\n,3\n"[1, ...]",4\n"[1, x]",5\n',
    );
    // Beyond the sample every cell is a list.
    const long = written(
      "long.csv",
      `acts,n\n${'"[1, 2]",1\n'.repeat(80)}"[1, 2, 3]",2\n,3\n"[1, ...]",4\n"[1, x]",5\n`,
    );
    await withFile(path, (file) => {
      expect(file.tensors.map(({ name }) => name)).toEqual(["acts", "n"]);
    });
    expect(await refusal(long, "acts", 80, 81)).toMatch(/row 80 has 3 values, the first row 2/);
    expect(await refusal(long, "acts", 81, 82)).toMatch(/row 81 has no value/);
    expect(await refusal(long, "acts", 82, 83)).toMatch(/row 82 holds "\[1, \.\.\.\]".*shortened/);
    expect(await refusal(long, "acts", 83, 84)).toMatch(/row 83 holds .*expected a list/);
  });
});

describe("tables of texts alone", () => {
  it("a single column has no header, several have one", async () => {
    await withFile(join(data, "metadata.tsv"), async (file) => {
      const [only] = file.tensors;
      expect(file.tensors).toHaveLength(1);
      expect(await file.readLabels(only?.name ?? "")).toEqual(him);
    });
    await withFile(join(data, "metadata_columns.tsv"), async (file) => {
      expect(file.tensors.map(({ name }) => name)).toEqual(["word", "count"]);
      expect(await file.readLabels("word")).toEqual(him);
    });
    const path = written("two.csv", "kind,gender\na,m\nb,f\n");
    await withFile(path, async (file) => {
      expect(await file.readLabels("gender")).toEqual(["m", "f"]);
    });
  });

  it("select rows of TensorBoard's vectors", async () => {
    const source = parseSource(`${join(data, "vectors.tsv")}[metadata.tsv=her]`);
    const condition = await openCondition(source, nodeFileSystem);
    await condition.close();
    expect(condition.rows).toBe(10);
    expect(condition.columns).toBe(16);
  });
});
