import {
  formatChosen,
  formatCount,
  formatRatio,
  formatSeconds,
  formatShare,
} from "../../../src/protocol/words/numbers.ts";
import type { Tuning, ValidationReport } from "../../../src/protocol/results.ts";
import type { RunView } from "../../../src/protocol/views/runView.ts";
import { text } from "../../text.ts";
import type { TextTable } from "./validationTables.ts";

/** What was chosen and what that costs, one paragraph each. */
export function tuningSentences(
  tuning: Tuning,
  { directions }: ValidationReport,
  { target }: RunView["summary"],
): string[] {
  const { chosen, given, largestRatio, shrinkages, shares, seconds } = tuning;
  const { heldOut } = directions.forward;
  return [
    text("tuning.finding", {
      ...named(chosen),
      ratio: heldOut ? formatRatio(heldOut.ratio) : text("validation.none"),
      given: formatRatio(given.heldOutRatio),
      givenShrinkage: formatChosen(given.shrinkage),
      givenShare: formatShare(given.share),
    }),
    text("tuning.optimism", { largest: formatRatio(largestRatio) }),
    text("tuning.cost", {
      shrinkages: shrinkages.map(formatChosen).join("; "),
      shares: shares.map(formatShare).join("; "),
      target: target.name,
      seconds: formatSeconds(seconds),
    }),
    ...(directions.forward.stability === undefined ? [] : [text("tuning.stability")]),
  ];
}

/** How often each choice was made. */
export function choicesTable({ folds }: Tuning): TextTable {
  return {
    columns: [text("tuning.column.choice"), text("tuning.column.folds")],
    rows: folds.map((each) => [text("tuning.choice", named(each)), formatCount(each.count)]),
  };
}

/** The held-out ratio paid for, before looking, and not paid for. */
export function tunedRatiosTable(tuning: Tuning, { directions }: ValidationReport): TextTable {
  const { heldOut } = directions.forward;
  const { given, largestRatio } = tuning;
  return {
    columns: [text("tuning.column.choice"), text("tuning.column.ratio")],
    rows: [
      [text("tuning.row.nested"), heldOut ? formatRatio(heldOut.ratio) : text("validation.none")],
      [text("tuning.row.given", named(given)), formatRatio(given.heldOutRatio)],
      [text("tuning.row.largest"), formatRatio(largestRatio)],
    ],
  };
}

function named({ shrinkage, share }: Tuning["chosen"]): { shrinkage: string; share: string } {
  return { shrinkage: formatChosen(shrinkage), share: formatShare(share) };
}
