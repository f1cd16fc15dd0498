import { describe, expect, it } from "vitest";
import { factsOf } from "../../../../webview/models/facts.ts";
import { exampleRun } from "../exampleRun.ts";

function routeOf(plan: { route?: "gram" | "covariance" | "krylov"; precision?: "single" } = {}) {
  const { summary } = exampleRun();
  const changed = { ...summary, plan: { ...summary.plan, ...plan, errorEstimate: 2.98e-5 } };
  return factsOf(exampleRun({ summary: changed }), "forward").find(({ name }) => name === "route");
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
