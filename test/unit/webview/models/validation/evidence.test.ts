import { expect, it } from "vitest";
import type { DirectionReport, Stability } from "../../../../../src/protocol/results.ts";
import { omit } from "../../../../../src/lookup.ts";
import {
  mayJoinByNumber,
  whyNoStability,
} from "../../../../../webview/models/validation/evidence.ts";
import { initialModel } from "../../../../../webview/models/panelModel.ts";
import { receive } from "../../../../../webview/models/receive.ts";
import { defaultUiState } from "../../../../../webview/models/uiState.ts";
import { exampleReport, exampleRunMessage } from "../../exampleRun.ts";

const angle = { median: 10, low: 5, high: 20 };
const stability: Stability = {
  ...{ resamples: 100, seed: 0, angle },
  subspaceAngle: { ...angle, components: 3 },
  neurons: [],
};

it("says of later components that intervals of loadings are of the first, if there are any", () => {
  const report = exampleReport();
  const forward: DirectionReport = omit(report.directions.forward, "stability");
  const model = receive(initialModel(defaultUiState), exampleRunMessage());
  const why = (own: DirectionReport, index: number): string => {
    const directions = { ...report.directions, forward: own };
    const solution = { shrinkage: 0.01, variance: 0.99 };
    const news = { kind: "validation", solution, report: { ...report, directions } } as const;
    return whyNoStability(receive(model, news), "forward", index);
  };
  expect(why({ ...forward, stability }, 1)).toBe(
    "Intervals and permuted labels are of component 1.",
  );
  expect([why({ ...forward, stability }, 0), why(forward, 1)]).toEqual(["", ""]);
});

it("joins no rows by their numbers that were found to be pairs in another order", () => {
  const model = receive(initialModel(defaultUiState), exampleRunMessage());
  const told = (code: "misalignedPairs" | "scaleOnly") => {
    const report = { ...exampleReport(), warnings: [{ code, text: "found" }] };
    const solution = { shrinkage: 0.01, variance: 0.99 };
    return mayJoinByNumber(receive(model, { kind: "validation", solution, report }));
  };
  expect([mayJoinByNumber(model), told("scaleOnly"), told("misalignedPairs")]).toEqual([
    true,
    true,
    false,
  ]);
});
