import { describe, expect, it } from "vitest";
import { sharedRowsOf } from "../../../../src/runs/compare/sharedRows.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { makeRun } from "../../../support/makeRun.ts";

const document = await makeRun();

interface Condition {
  readonly hash: string;
  readonly name: string;
  readonly sentences?: readonly string[];
  readonly rows?: { readonly start: number; readonly stop: number };
}

/** Of 12 + 12 rows. */
function runOf(target: Condition, reference: Condition): RunDocument {
  const { sources, summary } = document;
  const source = (role: "target" | "reference", { hash, rows }: Condition) => ({
    ...sources[role],
    hash,
    condition: { ...sources[role].condition, ...(rows ? { rows } : {}) },
  });
  const both = { target, reference };
  return {
    ...document,
    sources: { target: source("target", target), reference: source("reference", reference) },
    summary: {
      ...summary,
      target: { ...summary.target, name: both.target.name },
      reference: { ...summary.reference, name: both.reference.name },
    },
    ...(target.sentences && reference.sentences
      ? { sentences: { target: target.sentences, reference: reference.sentences } }
      : {}),
  };
}

describe("the rows that two runs have in common", () => {
  const him = { hash: "a", name: "him" };
  const her = { hash: "b", name: "her" };

  it("are those of one file, if the selections are not apart", () => {
    expect(sharedRowsOf(runOf(him, her), runOf(him, her))).toBe("sameRoles");
    expect(sharedRowsOf(runOf(him, her), runOf(her, him))).toBe("crossedRoles");
    const half = (start: number) => ({
      target: { ...him, rows: { start, stop: start + 6 } },
      reference: { ...her, rows: { start, stop: start + 6 } },
    });
    const [early, late] = [half(0), half(6)];
    expect(
      sharedRowsOf(runOf(early.target, early.reference), runOf(late.target, late.reference)),
    ).toBe("noneKnown");
  });

  it("are one condition's, if the other is another", () => {
    const them = { hash: "c", name: "them" };
    expect(sharedRowsOf(runOf(him, her), runOf(them, her))).toBe("sameRoles");
    expect(sharedRowsOf(runOf(him, her), runOf(her, them))).toBe("crossedRoles");
  });

  it("are told by sentences if both runs have them, else by name and number", () => {
    const layer = (hash: string, name: string) => ({ hash, name });
    const other = runOf(layer("c", "him"), layer("d", "her"));
    expect(sharedRowsOf(runOf(him, her), other)).toBe("sameRoles");
    const said = (hash: string, name: string, from: number) => ({
      ...layer(hash, name),
      sentences: Array.from({ length: 12 }, (_, i) => `${name} ${from + i}`),
    });
    const first = runOf(said("a", "him", 0), said("b", "her", 0));
    expect(sharedRowsOf(first, runOf(said("c", "him", 11), said("d", "her", 20)))).toBe(
      "sameRoles",
    );
    expect(sharedRowsOf(first, runOf(said("c", "him", 12), said("d", "her", 12)))).toBe(
      "noneKnown",
    );
    expect(sharedRowsOf(first, runOf(said("c", "her", 3), said("d", "him", 90)))).toBe(
      "crossedRoles",
    );
  });

  it("are none that is known for other names", () => {
    const other = runOf({ hash: "c", name: "cats" }, { hash: "d", name: "dogs" });
    expect(sharedRowsOf(runOf(him, her), other)).toBe("noneKnown");
  });
});
