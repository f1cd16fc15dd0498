import { describe, expect, it } from "vitest";
import type { RunTransfer, TransferredComponent } from "../../../../../src/protocol/results.ts";
import {
  includesOne,
  transferFacts,
  transferRows,
  transferSentences,
  transferTable,
  transferTitle,
  transferWarnings,
} from "../../../../../webview/models/validation/transfers.ts";
import { exampleReport, exampleRun } from "../../exampleRun.ts";

const run = exampleRun();

/** A component whose ratio is 21,286 in the run and `ratio` on the new rows. */
function component(
  ratio: number,
  low: number,
  high: number,
  more: Partial<TransferredComponent> = {},
): TransferredComponent {
  return {
    index: 0,
    inSample: { carriedVariance: 0.686655, silencedVariance: 3.225813e-5 },
    transferred: { carriedVariance: ratio, silencedVariance: 1, auc: 0.98, magnitudeAuc: 0.75 },
    ratioInterval: { low, high },
    p: 0.000999,
    ...more,
  };
}

function transfer(changes: Partial<RunTransfer> = {}): RunTransfer {
  return {
    created: "2026-01-02T03:04:05.000Z",
    target: { source: { path: "/w/new_him.npy" }, label: "new_him.npy", rows: 1347 },
    reference: { source: { path: "/w/new_her.npy" }, label: "new_her.npy", rows: 347 },
    permutations: 1000,
    seed: 1,
    forward: [component(13.18, 11.2, 15.9), component(1.3, 0.8, 2.1, { index: 1 })],
    swapped: [component(6.01, 5.1, 7.2)],
    warnings: [],
    ...changes,
  };
}

describe("a transfer in words", () => {
  it("names files, rows and permutations", () => {
    expect(transferTitle(transfer())).toBe("new_him.npy vs new_her.npy");
    expect(transferFacts(transfer())).toMatch(
      /^1,347 \+ 347 rows · 1,000 permutations of labels · /,
    );
    expect(transferFacts(transfer({ permutations: 0 }))).not.toContain("permutations");
  });

  it("says what each direction does on the new rows, beside the run's own ratios", () => {
    expect(transferSentences(run, transfer(), null)).toEqual([
      "On these rows component 1 varies 13.2× as much for him as for her (95 % interval 11.2× to 15.9×, p = 0.001). In the run: 21,286× in sample.",
      "On these rows component 1 varies 6.01× as much for her as for him (95 % interval 5.10× to 7.20×, p = 0.001). In the run: 21,286× in sample.",
    ]);
    const [validated] = transferSentences(run, transfer(), exampleReport({ heldOut: 3.75 }));
    expect(validated).toContain("In the run: 3.75× held out, 21,286× in sample.");
    expect(transferWarnings(run, transfer())).toEqual([]);
  });

  it.each([
    ["an interval with 1 in it", component(1.4, 0.7, 2.8), /0\.700× to 2\.80×, includes 1,/],
    ["a ratio below 1", component(0.5, 0.2, 0.9), /him varies no more than her \(0\.500×\)/],
    [
      "labels that do as well",
      component(1.4, 1.1, 1.8, { p: 0.2 }),
      /permuted labels reach 1\.40× .* \(p = 0\.2\)\.$/,
    ],
    ["too few rows", component(811, 1, 1, { ratioInterval: undefined }), /too few for an interval/],
  ])("warns of %s", (_what, doubtful, words) => {
    const doubted = transfer({ forward: [doubtful], warnings: ["Said by the engine."] });
    expect(transferWarnings(run, doubted)).toEqual([
      "Said by the engine.",
      expect.stringMatching(words),
    ]);
    expect(transferSentences(run, doubted, null)[0]).toMatch(
      /component 1 varies .*× as much for him/,
    );
  });
});

describe("a transfer as numbers", () => {
  it("has a row for each component of both directions", () => {
    const { columns, rows } = transferTable(run, transfer(), exampleReport({ heldOut: 3.75 }));
    expect(columns).toHaveLength(8);
    expect(rows).toEqual([
      ["him over her, 1", "21,286×", "3.75×", "13.2×", "11.2× to 15.9×", "0.001", "0.980", "0.750"],
      [
        ...["him over her, 2", "21,286×", "3.75×", "1.30×"],
        ...["0.800× to 2.10× (includes 1)", "0.001", "0.980", "0.750"],
      ],
      ["her over him, 1", "21,286×", "3.75×", "6.01×", "5.10× to 7.20×", "0.001", "0.980", "0.750"],
    ]);
    const [unknown] = transferTable(
      run,
      transfer({
        forward: [component(2, 1, 3, { p: undefined, ratioInterval: undefined })],
      }),
      null,
    ).rows;
    expect(unknown?.slice(2, 6)).toEqual(["–", "2.00×", "–", "–"]);
  });

  it("knows which intervals include 1", () => {
    expect(transferRows(run, transfer(), null).map(includesOne)).toEqual([false, true, false]);
  });

  it("has an infinite ratio where the silenced condition has no variance", () => {
    const silent = component(1, 1, 1, {
      transferred: { carriedVariance: 1, silencedVariance: 0, auc: 1, magnitudeAuc: 1 },
    });
    expect(transferTable(run, transfer({ forward: [silent] }), null).rows[0]?.[3]).toBe("∞×");
  });
});
