import type { DirectionName, RunView } from "../../src/protocol/runView.ts";
import type { RunSummary } from "../../src/protocol/results.ts";
import { text } from "../text.ts";
import {
  formatChosen,
  formatCount,
  formatProse,
  formatSeconds,
  formatShare,
} from "../../src/protocol/numbers.ts";
import { rolesOf, rowNoun } from "./roles.ts";

/** One entry of the strip below the headline. */
export interface Fact {
  /** Stable name for tests and styles. */
  readonly name: string;
  readonly text: string;
  readonly hint?: string;
}

/** Sizes, compression, ranks, conditioning, shrinkage, route and time of a run, as the strip shows them. */
export function factsOf(view: RunView, direction: DirectionName): Fact[] {
  const { summary } = view;
  const { rank, conditionNumber, shrinkage, compression } = summary;
  const { silent } = rolesOf(summary, direction);
  const forward = direction === "forward";
  const before = forward ? conditionNumber.reference : conditionNumber.target;
  const after = forward ? conditionNumber.referenceShrunk : conditionNumber.targetShrunk;
  const alpha = forward ? shrinkage.alpha : shrinkage.alphaSwapped;
  return [
    {
      name: "rows",
      text: text("facts.rows", {
        target: formatCount(summary.target.rows),
        reference: formatCount(summary.reference.rows),
        rows: rowNoun(view.sentences !== undefined),
      }),
    },
    {
      name: "neurons",
      text: text("facts.neurons", { count: formatCount(summary.target.columns) }),
    },
    {
      name: "components",
      text: text("facts.components", {
        count: formatCount(compression.components),
        share: formatShare(compression.varianceKept),
      }),
    },
    {
      name: "rank",
      text: text("facts.rank", {
        reference: formatCount(forward ? rank.reference : rank.target),
        shrunk: formatCount(forward ? rank.referenceShrunk : rank.targetShrunk),
      }),
      hint: text("facts.rank.hint", { silent, components: compression.components }),
    },
    {
      name: "condition",
      text: text("facts.condition", {
        before: before === null ? text("facts.singular") : formatProse(before),
        after: after === null ? text("facts.singular") : formatProse(after),
      }),
      hint: text("facts.condition.hint", { silent }),
    },
    {
      name: "shrinkage",
      text: text("facts.shrinkage", {
        gamma: formatChosen(shrinkage.gamma),
        alpha: formatProse(alpha),
      }),
      hint: text("facts.shrinkage.hint"),
    },
    {
      name: "route",
      text: describeRoute(summary.plan),
      hint: summary.plan.reason,
    },
    { name: "seconds", text: formatSeconds(summary.seconds.total) },
  ];
}

/** The route, and the estimated error where it is not that of double precision. */
function describeRoute({ route, precision, errorEstimate }: RunSummary["plan"]): string {
  const name = text(`facts.route.${route}`);
  return precision === "double"
    ? name
    : text("facts.route.single", { route: name, error: formatProse(errorEstimate) });
}
