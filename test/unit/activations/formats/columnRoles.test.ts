import { describe, expect, it } from "vitest";
import {
  assignColumns,
  countedRows,
  type Column,
} from "../../../../src/activations/formats/columnRoles.ts";
import { isSeries } from "../../../../src/activations/formats/columnSeries.ts";

/** A column of a text, from its sampled values as they are written. */
function column(name: string, ...cells: string[]): Column {
  const values = cells.map(Number);
  return {
    name,
    numeric: values.every((value) => !Number.isNaN(value)),
    integral: values.every((value) => Number.isInteger(value)),
    whole: cells.every((cell) => /^[+-]?\d+$/.test(cell)),
    dead: values.every((value) => value === 0),
    counted: countedRows(values),
  };
}

const floats = (name: string) => column(name, "0.5", "-1.25", "3.75", "0.125");
const counter = (name: string) => column(name, "0", "1", "2", "3");
const wholes = (name: string) => column(name, "7", "9", "8", "7");

function neurons(...columns: Column[]): string[] {
  return assignColumns(columns, "x.csv").neurons.map((at) => columns[at]?.name ?? "");
}

describe("a column is no neuron", () => {
  it.each([
    "",
    "Unnamed: 0",
    "id",
    "row",
    "seed",
    "batch",
    "prompt_len",
    "promptLength",
    "token_position",
    "n_tokens",
    "num-tokens",
    "Sentence Number",
    "__index_level_0__",
    "label",
  ])("if it holds whole numbers and is called %j", (name) => {
    expect(neurons(wholes(name), floats("a"), floats("b"))).toEqual(["a", "b"]);
    // The name says so in quantised files, too.
    expect(neurons(wholes(name), wholes("a"), wholes("b"))).toEqual(["a", "b"]);
  });

  it("if it counts beside fractions", () => {
    expect(neurons(counter("column0"), floats("column1"))).toEqual(["column1"]);
    expect(neurons(floats("a"), counter("b"))).toEqual(["a"]);
    expect(neurons(floats("a"), column("b", "1", "2", "3", "4"))).toEqual(["a"]);
  });

  it("if it alone is written as whole numbers", () => {
    expect(neurons(floats("column0"), wholes("column1"), floats("column2"))).toEqual([
      "column0",
      "column2",
    ]);
  });

  it("if it stands beside a numbered series", () => {
    const series = ["n0", "n1", "n2", "n3"];
    const columns = [floats("loss"), ...series.map(floats), wholes("words")];
    const roles = assignColumns(columns, "x.csv");
    expect(roles.neurons).toEqual([1, 2, 3, 4]);
    expect(roles.notes).toEqual([
      "the columns loss, words number or describe the rows and are not counted as neurons; [columns=all] counts them.",
    ]);
  });

  it("if it is stored as whole numbers and the others are not", () => {
    const stored = { numeric: true, typed: true } as const;
    const columns = [
      { ...stored, name: "a", integral: false, whole: false },
      { ...stored, name: "b", integral: true, whole: true },
    ];
    expect(assignColumns(columns, "x.parquet").neurons).toEqual([0]);
    expect(assignColumns(columns.slice(1), "x.parquet").neurons).toEqual([0]);
  });
});

describe("a column stays a neuron", () => {
  it("in a file of whole numbers alone, even if it counts: that is noted", () => {
    const columns = [counter("column0"), wholes("column1"), wholes("column2")];
    const roles = assignColumns(columns, "x.csv");
    expect(roles.neurons).toEqual([0, 1, 2]);
    expect(roles.notes[0]).toMatch(/column0, counts the rows but is taken as a neuron/);
  });

  it("if it is dead, or one of a series that the file names", () => {
    const dead = column("b", "0", "0", "0", "0");
    expect(neurons(floats("a"), dead, floats("c"))).toEqual(["a", "b", "c"]);
    const names = ["n0", "n1", "n2"];
    expect(neurons(floats("n0"), counter("n1"), floats("n2"))).toEqual(names);
    const positions = ["pos0", "pos1", "pos2"];
    expect(neurons(...positions.map(wholes))).toEqual(positions);
  });

  it("if it holds fractions, whatever it is called", () => {
    expect(neurons(floats("position"), floats("a"))).toEqual(["position", "a"]);
  });
});

it("names that only count are no names", () => {
  expect(isSeries(["0", "1", "2"])).toBe(true);
  expect(isSeries(["n1", "n2", "n3"])).toBe(true);
  expect(isSeries(["column1", "column3"])).toBe(true);
  expect(isSeries(["n5", "n6"])).toBe(false);
  expect(isSeries(["n0", "n2"])).toBe(false);
  expect(isSeries(["a", "b"])).toBe(false);
});

it("names from files are harmless in notes", () => {
  const roles = assignColumns([wholes("id\u001b[31m\n"), floats("a")], "x.csv");
  // eslint-disable-next-line no-control-regex
  expect(roles.notes[0]).not.toMatch(/[\u0000-\u001f]/);
});
