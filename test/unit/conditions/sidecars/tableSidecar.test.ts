import { describe, expect, it } from "vitest";
import { tableColumns } from "../../../../src/conditions/sidecars/tableSidecar.ts";

function columns(text: string, path: string, rows?: number): Record<string, readonly string[]> {
  return Object.fromEntries(tableColumns(text, path, rows));
}

describe("a table of text beside the data", () => {
  it("has no header where it has one column, and one where it has several", () => {
    expect(columns("him\nher\nhim\n", "metadata.tsv", 3)).toEqual({ "": ["him", "her", "him"] });
    expect(columns("word\tpronoun\nI\thim\nhe\ther\n", "metadata.tsv", 2)).toEqual({
      word: ["I", "he"],
      pronoun: ["him", "her"],
    });
    expect(columns("him\nher\n", "metadata.tsv")).toEqual({ "": ["him", "her"] });
  });

  it("has what the number of rows says", () => {
    expect(columns("pronoun\nhim\nher\n", "a.csv", 2)).toEqual({ pronoun: ["him", "her"] });
    expect(columns("a,him\nb,her\n", "a.csv", 2)).toEqual({
      column0: ["a", "b"],
      column1: ["him", "her"],
    });
  });

  it("has a header where it names what is known of rows, even if rows are missing then", () => {
    expect(columns("label\nhim\nher\n", "labels.csv", 3)).toEqual({ label: ["him", "her"] });
    expect(columns("Label\r\nhim\r\nher\r\n", "labels.csv", 2)).toEqual({ Label: ["him", "her"] });
    expect(columns("label\nhim\nher", "labels.txt", 2)).toEqual({ label: ["him", "her"] });
    expect(columns("y\nn\ny\n", "labels.csv", 3)).toEqual({ "": ["y", "n", "y"] });
  });

  it("keeps empty texts that belong to a row", () => {
    expect(columns("him\n\nher\n", "labels.csv", 3)).toEqual({ "": ["him", "", "her"] });
    expect(columns("him\n\nher\n\n\n", "labels.csv", 2)).toEqual({ "": ["him", "her"] });
    expect(columns("him\n\n", "labels.txt", 2)).toEqual({ "": ["him", ""] });
  });

  it("reads quotes, other separators, and separators within a text", () => {
    expect(columns('label,text\nhim,"I saw him, then"\n', "a.csv", 1)).toEqual({
      label: ["him"],
      text: ["I saw him, then"],
    });
    expect(columns("label;text\nhim;a, b\nher;c\n", "a.csv", 2)).toEqual({
      label: ["him", "her"],
      text: ["a, b", "c"],
    });
    expect(columns("I saw him, then\nher\n", "sentences.csv", 2)).toEqual({
      "": ["I saw him, then", "her"],
    });
    expect(columns("# one\nher\n", "labels.csv", 2)).toEqual({ "": ["# one", "her"] });
  });

  it("takes lone quotes of a tsv as words", () => {
    expect(columns('word\tlabel\n"\thim\nsaw\ther\n"\thim\n', "metadata.tsv", 3)).toEqual({
      word: ['"', "saw", '"'],
      label: ["him", "her", "him"],
    });
  });

  it("does not take columns from the prototype of objects", () => {
    const found = tableColumns("constructor,__proto__\na,b\n", "a.csv", 1);
    expect([...found]).toEqual([
      ["constructor", ["a"]],
      ["__proto__", ["b"]],
    ]);
  });
});
