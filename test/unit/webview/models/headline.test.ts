import { describe, expect, it } from "vitest";
import { headline } from "../../../../webview/models/headline.ts";
import { exampleReport, exampleRun } from "../exampleRun.ts";

const run = exampleRun();

describe("before any validation", () => {
  it("says that the number is in sample and untested", () => {
    expect(headline(run, "forward", 0, null)).toEqual({
      sentence:
        "Component 1 carries him: variance 0.687 against 0.0000323 in her (21,286× in sample; not yet tested on held-out sentences).",
    });
  });

  it("speaks of the other condition when S and R are exchanged", () => {
    expect(headline(run, "swapped", 0, null).sentence).toMatch(
      /^Component 1 carries her: variance 0\.712 against 0\.0000327 in him/,
    );
  });

  it("does not claim what a component does not do", () => {
    expect(headline(run, "forward", 1, null).sentence).toMatch(
      /^Component 2 does not carry him: variance 0\.500 against 0\.600 in her/,
    );
    expect(headline(run, "forward", 2, null).sentence).toBe(
      "Component 3 carries nothing of him: its eigenvalue is 0.",
    );
    expect(headline(run, "forward", 99, null).sentence).toContain("carries nothing");
  });

  it("calls rows rows where there are no sentences", () => {
    const { sentences, ...plain } = run;
    expect(sentences).toBeDefined();
    expect(headline(plain, "forward", 0, null).sentence).toContain("held-out rows");
  });
});

describe("after a validation", () => {
  it("puts held out and p beside in sample", () => {
    expect(headline(run, "forward", 0, exampleReport())).toEqual({
      sentence:
        "Component 1 carries him: variance 0.687 against 0.0000323 in her (21,286× in sample, 13.2× on held-out sentences, p = 0.001).",
    });
  });

  it("says of a p that is still growing that it is", () => {
    const report = exampleReport({ exchanges: 405 });
    expect(headline(run, "forward", 0, report).sentence).toContain("p = 0.001 so far).");
  });

  it("takes the claim back where the interval includes 1", () => {
    const { sentence, doubt } = headline(run, "forward", 0, exampleReport({ interval: [0.9, 30] }));
    expect(sentence).toMatch(/^Component 1 seems to carry him/);
    expect(doubt).toContain("0.900× to 30.0×, includes 1×");
  });

  it("takes it back where exchanged labels do as well", () => {
    const { doubt } = headline(run, "forward", 0, exampleReport({ p: 0.4 }));
    expect(doubt).toContain("p = 0.4");
  });

  it("takes it back where held out the silent condition varies more", () => {
    const { doubt } = headline(run, "forward", 0, exampleReport({ heldOut: 0.8 }));
    expect(doubt).toBe("On held-out sentences her varies more than him: the separation is gone.");
  });

  it("says so where nothing could be held out or the component was not tested", () => {
    expect(headline(run, "forward", 0, exampleReport({ heldOut: null })).sentence).toContain(
      "no sentences could be held out",
    );
    const report = exampleReport();
    const first = { ...report, components: report.components.slice(0, 1) };
    const carrying = exampleRun();
    const summary = {
      ...carrying.summary,
      separation: { ...carrying.summary.separation, referenceVariance: [3e-5, 0.1, 0.1] },
    };
    expect(headline({ ...carrying, summary }, "forward", 1, first).sentence).toContain(
      "tested for the first 1 components only",
    );
  });

  it("judges later components by the p that allows for having looked at all", () => {
    const carrying = exampleRun();
    const summary = {
      ...carrying.summary,
      separation: { ...carrying.summary.separation, referenceVariance: [3e-5, 0.1, 0.1] },
    };
    const { sentence, doubt } = headline({ ...carrying, summary }, "forward", 1, exampleReport());
    expect(sentence).toContain("p = 0.3");
    expect(doubt).toContain("p = 0.3");
  });
});
