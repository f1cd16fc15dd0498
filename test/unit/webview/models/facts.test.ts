import { describe, expect, it } from "vitest";
import { directionNames } from "../../../../src/protocol/direction.ts";
import type { RunSummary } from "../../../../src/protocol/results.ts";
import { computationFacts } from "../../../../webview/models/diagnostics.ts";
import { factsOf } from "../../../../webview/models/facts.ts";
import { exampleReport, exampleRun } from "../exampleRun.ts";

function routeOf(plan: { route?: "gram" | "covariance" | "krylov"; precision?: "single" } = {}) {
  const { summary } = exampleRun();
  const changed = { ...summary, plan: { ...summary.plan, ...plan, errorEstimate: 2.98e-5 } };
  return factsOf(exampleRun({ summary: changed }), "forward", null).find(
    ({ name }) => name === "route",
  );
}

describe("the fact about the route", () => {
  it("names it, and the planner's reason as its hint", () => {
    expect(routeOf()).toEqual({
      name: "route",
      text: "Gram route",
      hint: "106 rows are fewer than 3072 neurons.",
    });
    expect(routeOf({ route: "krylov" })?.text).toBe("Krylov route");
  });

  it("carries the estimated error of single precision", () => {
    expect(routeOf({ route: "covariance", precision: "single" })?.text).toBe(
      "covariance route, single precision (relative error about 0.0000298)",
    );
  });
});

describe("the fact about shrinkage", () => {
  const textsOf = (shrinkage: Partial<RunSummary["shrinkage"]>) => {
    const { summary } = exampleRun();
    const changed = { ...summary, shrinkage: { ...summary.shrinkage, ...shrinkage } };
    const view = exampleRun({ summary: changed });
    return {
      strip: directionNames.map(
        (direction) =>
          factsOf(view, direction, null).find(({ name }) => name === "shrinkage")?.text,
      ),
      lines: computationFacts(view).filter(({ label }) => label.includes("γ")),
    };
  };

  it("is the number that was chosen", () => {
    const { strip, lines } = textsOf({});
    expect(strip).toEqual(["γ 0.01, α 0.362", "γ 0.01, α 0.415"]);
    expect(lines).toEqual([{ label: "Shrinkage γ", value: "0.01" }]);
  });

  it("is each silent condition's own estimate, and whose it is", () => {
    const gamma = { forward: 0.340097, swapped: 0.313995 };
    const { strip, lines } = textsOf({ estimator: "ledoit-wolf", gamma });
    expect(strip).toEqual(["γ 0.340 (Ledoit–Wolf), α 0.362", "γ 0.314 (Ledoit–Wolf), α 0.415"]);
    expect(lines).toEqual([
      { label: "γ of her", value: "0.340097 (Ledoit–Wolf)" },
      { label: "γ of him", value: "0.313995 (Ledoit–Wolf)" },
    ]);
  });
});

describe("the facts about rows", () => {
  const facts = (more: NonNullable<Parameters<typeof exampleReport>[0]> | null) =>
    factsOf(exampleRun(), "forward", more && exampleReport(more))
      .filter(({ name }) => name === "rows" || name === "clusters")
      .map(({ text }) => text);

  it("are two counts if every row stands for itself", () => {
    expect(facts(null)).toEqual(["53 + 53 sentences"]);
    expect(facts({})).toEqual(["53 + 53 sentences"]);
  });

  it("count repeated rows once, and clusters with where they came from", () => {
    const distinct = { target: 15, reference: 53 };
    expect(facts({ more: { distinct, clusters: { count: 68, origins: ["repeats"] } } })).toEqual([
      "53 + 53 sentences, 15 + 53 distinct",
      "68 clusters (repeats found)",
    ]);
    const clusters = { count: 36, origins: ["named", "templates"] as const };
    expect(facts({ more: { clusters } })[1]).toBe("36 clusters (named, templates found)");
  });
});
