import { describe, expect, it } from "vitest";
import type {
  DirectionReport,
  ValidationReport,
  ValidationWarning,
} from "../../../../src/protocol/results.ts";
import { headline } from "../../../../webview/models/headline.ts";
import { exampleReport, exampleRun } from "../exampleRun.ts";

const run = exampleRun();
/** Component 2 with a ratio above 1 in sample. */
const carrying = {
  ...run,
  summary: {
    ...run.summary,
    directions: {
      ...run.summary.directions,
      forward: {
        ...run.summary.directions.forward,
        silencedVariance: [3.225813e-5, 0.1, 0.1],
      },
    },
  },
};
/** The example's report with something else said of the forward direction. */
const withForward = (changes: Partial<DirectionReport>): ValidationReport => {
  const report = exampleReport();
  const { directions } = report;
  return {
    ...report,
    directions: { ...directions, forward: { ...directions.forward, ...changes } },
  };
};
const of = (report: ReturnType<typeof exampleReport> | null, running = false) =>
  headline(run, "forward", 0, report, running);

describe("before any validation", () => {
  it("says that the number is in sample and untested", () => {
    expect(of(null)).toEqual({
      pair: "him vs her",
      verdict: "not tested yet",
      sentence:
        "In sample, component 1 varies 21,286× as much for him as for her (variance 0.687 against 0.0000323); no sentences have been held out yet.",
    });
  });

  it("speaks of the other condition if S and R are swapped", () => {
    const { pair, sentence } = headline(run, "swapped", 0, null, false);
    expect(pair).toBe("her vs him");
    expect(sentence).toContain("as much for her as for him (variance 0.712 against 0.0000327)");
  });

  it("claims nothing of a component that has no eigenvalue", () => {
    for (const index of [2, 99]) {
      expect(headline(run, "forward", index, null, false)).toEqual({
        pair: "him vs her",
        sentence: `Component ${String(index + 1)} of him over her has the eigenvalue 0: it separates nothing.`,
      });
    }
  });

  it("calls rows rows if there are no sentences", () => {
    const { sentences, ...plain } = run;
    expect(sentences).toBeDefined();
    expect(headline(plain, "forward", 0, null, false).sentence).toContain("no rows have been");
  });
});

describe("after a validation", () => {
  it("opens with the verdict and leads with what is held out", () => {
    expect(of(exampleReport())).toEqual({
      pair: "him vs her",
      verdict: "holds",
      sentence:
        "On sentences that the fit has not seen, component 1 varies 13.2× as much for him as for her (6.10 to 22.3; p = 0.001); in sample 21,286×, of which permuted labels give 10,579×.",
    });
  });

  it("has no verdict before all permutations are done", () => {
    const { verdict, sentence, reason } = of(
      exampleReport({ permutations: 405, verdict: "not-shown", p: 0.4 }),
      true,
    );
    expect([verdict, reason]).toEqual(["being tested", undefined]);
    expect(sentence).toContain("p = 0.4 so far)");
    expect(of(exampleReport({ permutations: null }), true).verdict).toBe("being tested");
    expect(of(exampleReport(), true).verdict).toBe("holds");
  });

  it("says why a direction is not shown, and that an interval includes 1 only if it does", () => {
    const included = of(exampleReport({ verdict: "not-shown", interval: [0.9, 30] }));
    expect(included.verdict).toBe("not shown");
    expect(included.reason).toBe(
      "The 95 % interval, 0.900 to 30.0, includes 1: on new sentences this direction may separate nothing.",
    );
    const reached = of(exampleReport({ verdict: "not-shown", p: 0.4 }));
    expect(reached.reason).toBe(
      "Permuted labels reach the held-out ratio too often for it to be shown: p = 0.4.",
    );
    const both = of(exampleReport({ verdict: "not-shown", interval: [0.9, 30], p: 0.4 }));
    expect(both.reason).toBe(`${included.reason ?? ""} ${reached.reason ?? ""}`);
  });

  it("says that a direction does not hold, for the silenced condition varies as much", () => {
    const { verdict, reason } = of(
      exampleReport({ verdict: "does-not-hold", heldOut: 0.8, interval: [0.3, 0.95] }),
    );
    expect(verdict).toBe("does not hold");
    expect(reason).toBe("On held-out sentences him varies no more than her.");
  });

  it("says that a direction is only a larger scale, each direction by its own", () => {
    const report = exampleReport({ verdict: "does-not-hold", more: { traceRatio: 4 } });
    expect(of(report).reason).toMatch(/^him varies 4\.00× as much as her over all neurons/);
    expect(headline(run, "swapped", 0, report, false).reason).toMatch(/^her varies 0\.250×/);
  });

  it("says so if nothing could be held out or the component was not tested", () => {
    const nothing = of(exampleReport({ heldOut: null, verdict: "cannot-tell" }));
    expect(nothing.verdict).toBe("cannot tell");
    expect(nothing.sentence).toContain("no sentences could be held out.");
    const { components } = exampleReport().directions.forward;
    const first = withForward({ components: components.slice(0, 1) });
    expect(headline(carrying, "forward", 1, first, false).sentence).toContain(
      "tested for the first 1 components only",
    );
  });

  it("gives later components no verdict, and the p that allows for having looked at all", () => {
    const { verdict, sentence, reason } = headline(carrying, "forward", 1, exampleReport(), false);
    expect(verdict).toBeUndefined();
    expect(sentence).toMatch(
      /^On sentences .* component 2 varies 13\.2× as much for him as for her/,
    );
    expect(sentence).toContain("; p = 0.3, allowing for all components shown); in sample 5.00×.");
    expect(reason).toContain("p = 0.3");
  });

  it("never says that anything is carried unless it holds", () => {
    for (const verdict of ["not-shown", "does-not-hold", "cannot-tell"] as const) {
      expect(JSON.stringify(of(exampleReport({ verdict })))).not.toMatch(/carries|chance/);
    }
  });

  it("does not call permuted labels a part of a smaller number", () => {
    const inSample = { ...exampleReport().directions.forward.inSample, ratio: 9000 };
    expect(of(withForward({ inSample })).sentence).toMatch(
      /in sample 21,286×, and permuted labels give 10,579×\.$/,
    );
  });
});

describe("what keeps a validation from telling", () => {
  const warned = (
    codes: readonly ValidationWarning["code"][],
    origins: ("repeats" | "templates")[] = [],
  ) =>
    of(
      exampleReport({
        verdict: "cannot-tell",
        more: {
          warnings: codes.map((code) => ({ code, text: code })),
          clusters: { count: 30, origins },
        },
      }),
    ).reason;

  it("is dependence that was found and ignored", () => {
    expect(warned(["repeatedRows"])).toMatch(/^Rows repeat each other and this was ignored/);
    expect(warned(["sharedTemplates"])).toMatch(/^Sentences share templates and this was ignored/);
    expect(warned(["misalignedPairs"])).toMatch(/^Rows stand in another order than their pairs/);
  });

  it("is none that was taken into account", () => {
    const reason = warned(["repeatedRows", "sharedTemplates"], ["repeats"]);
    expect(reason).toMatch(/^Sentences share templates/);
    expect(reason).not.toContain("repeat");
  });

  it("is too few labellings, or no permutations", () => {
    const few = exampleReport({ verdict: "cannot-tell" });
    const permutations = few.permutations && { ...few.permutations, labellings: 8 };
    expect(of({ ...few, ...(permutations ? { permutations } : {}) }).reason).toMatch(
      /^There are only 8 ways to label these rows/,
    );
    expect(of(exampleReport({ verdict: "cannot-tell", permutations: null })).reason).toBe(
      "Labels were not permuted, so there is no p.",
    );
  });
});
