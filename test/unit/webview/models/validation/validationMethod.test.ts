import { describe, expect, it } from "vitest";
import type { ValidationReport, ValidationWarning } from "../../../../../src/protocol/results.ts";
import {
  foundPairs,
  methodSentences,
} from "../../../../../webview/models/validation/validationMethod.ts";
import { exampleReport, exampleRun } from "../../exampleRun.ts";

const { summary } = exampleRun();

describe("the method in words", () => {
  it("says how rows were split and labels permuted", () => {
    expect(methodSentences(exampleReport(), summary)).toEqual([
      "3 × 5-fold cross-validation, seed 1, pairs kept together; everything is fitted on the training rows only.",
      "1,000 of 1,000 permutations of the labels within pairs, out of more than 9 × 10¹⁵ labellings; every permutation has the same 3 repeats of the folds, and rows are permuted as residuals about their condition's training mean.",
    ]);
  });

  it("says what was kept together, and how few labellings there are", () => {
    const report = exampleReport({
      more: { clusters: { count: 8, origins: ["named", "templates"] } },
    });
    const { permutations } = report;
    const few: ValidationReport = {
      ...report,
      ...(permutations ? { permutations: { ...permutations, labellings: 70, repeats: 1 } } : {}),
    };
    expect(methodSentences(few, summary).slice(1)).toEqual([
      "106 rows form 8 clusters (named, templates found), each held out and permuted as a whole.",
      expect.stringContaining("out of 70 labellings; every permutation has the same folds, and"),
    ]);
  });

  it("does not say that rows were drawn one by one if clusters were", () => {
    const clusters = { count: 30, origins: ["repeats"] as const };
    const scheme = {
      kind: "crossValidation",
      folds: 5,
      repeats: 3,
      seed: 1,
      grouping: "none",
    } as const;
    const [split] = methodSentences(exampleReport({ more: { clusters, scheme } }), summary);
    expect(split).toContain("clusters drawn one by one");
    expect(methodSentences(exampleReport({ more: { scheme } }), summary)[0]).toContain(
      "rows drawn",
    );
  });

  it("speaks of no permutations if there were none", () => {
    expect(methodSentences(exampleReport({ permutations: null }), summary)).toHaveLength(1);
  });
});

describe("the alignment that was found", () => {
  const found = (code: ValidationWarning["code"]) =>
    foundPairs(exampleReport({ more: { warnings: [{ code, text: "" }] } }), summary);

  it("is offered in words, by the conditions' names", () => {
    expect(found("misalignedPairs")).toMatch(
      /each row of him is matched with the row of her that is nearest .* no verdict is given\.$/,
    );
    expect(found("unnamedPairs")).toMatch(/in pairs that are not named/);
  });

  it("is not mentioned if rows stand as named, or nothing is known", () => {
    expect(found("repeatedRows")).toBeUndefined();
    expect(foundPairs(null, summary)).toBeUndefined();
  });
});
