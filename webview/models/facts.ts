import { rolesOfDirection, type DirectionName } from "../../src/protocol/direction.ts";
import type { RunView } from "../../src/protocol/views/runView.ts";
import type { RunSummary, ValidationReport } from "../../src/protocol/results.ts";
import { engineText, text } from "../text.ts";
import {
  formatChosen,
  formatCount,
  formatProse,
  formatSeconds,
  formatShare,
} from "../../src/protocol/words/numbers.ts";
import { rolesOf, rowNoun } from "./roles.ts";

/** One entry of the strip below the headline. */
export interface Fact {
  /** Stable name for tests and styles. */
  readonly name: string;
  readonly text: string;
  readonly hint?: string;
}

/**
 * Sizes, compression, ranks, conditioning, shrinkage, route and time of a run, as the strip shows them.
 * @param validation what is known of how rows depend on each other; null before any
 */
export function factsOf(
  view: RunView,
  direction: DirectionName,
  validation: ValidationReport | null,
): Fact[] {
  const { summary } = view;
  const { rank, conditionNumber, shrinkage, compression } = summary;
  const { silent } = rolesOf(summary, direction);
  const { silenced } = rolesOfDirection[direction];
  const before = conditionNumber[silenced];
  const after = conditionNumber[`${silenced}Shrunk`];
  return [
    rowsFact(view, validation),
    ...momentsFact(view),
    ...clustersFact(validation),
    ...pairsFact(validation),
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
        reference: formatCount(rank[silenced]),
        shrunk: formatCount(rank[`${silenced}Shrunk`]),
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
      text: describeShrinkage(shrinkage, direction),
      hint: text("facts.shrinkage.hint"),
    },
    {
      name: "route",
      text: describeRoute(summary.plan),
      hint: engineText(summary.plan.reason),
    },
    { name: "seconds", text: formatSeconds(summary.seconds.total) },
  ];
}

function describeShrinkage(
  { estimator, gamma, alpha }: RunSummary["shrinkage"],
  direction: DirectionName,
): string {
  const value = formatProse(alpha[direction]);
  if (estimator === undefined) {
    return text("facts.shrinkage", { gamma: formatChosen(gamma[direction]), alpha: value });
  }
  return text("facts.shrinkage.estimated", {
    gamma: formatProse(gamma[direction]),
    estimator: text(`facts.estimator.${estimator}`),
    alpha: value,
  });
}

/** Nothing for a run from rows. */
function momentsFact({ summary: { atHand } }: RunView): Fact[] {
  if (atHand === undefined) return [];
  return [{ name: "moments", text: text("facts.moments"), hint: text("facts.moments.hint") }];
}

/** How many rows, and how many are left if repeated ones count once. */
function rowsFact({ summary, sentences }: RunView, validation: ValidationReport | null): Fact {
  const { target, reference } = summary;
  const rows = text("facts.rows", {
    target: formatCount(target.rows),
    reference: formatCount(reference.rows),
    rows: rowNoun(sentences !== undefined),
  });
  const distinct = validation?.distinct;
  if (
    distinct === undefined ||
    (distinct.target === target.rows && distinct.reference === reference.rows)
  ) {
    return { name: "rows", text: rows };
  }
  return {
    name: "rows",
    text: text("facts.distinct", {
      rows,
      target: formatCount(distinct.target),
      reference: formatCount(distinct.reference),
    }),
    hint: text("facts.distinct.hint"),
  };
}

/** Nothing if every row stands for itself. */
function clustersFact(validation: ValidationReport | null): Fact[] {
  if (validation === null || validation.clusters.origins.length === 0) return [];
  const { count, origins } = validation.clusters;
  return [
    {
      name: "clusters",
      text: text("facts.clusters", {
        count: formatCount(count),
        origins: originsText(origins),
      }),
      hint: text("facts.clusters.hint"),
    },
  ];
}

/** Nothing if pairs were named, or there are none. */
function pairsFact(validation: ValidationReport | null): Fact[] {
  if (validation?.scheme.kind !== "crossValidation" || validation.scheme.grouping !== "pairs") {
    return [];
  }
  const isFound = validation.warnings.some(
    ({ code }) => code === "unnamedPairs" || code === "misalignedPairs",
  );
  return isFound
    ? [{ name: "pairs", text: text("facts.pairsFound"), hint: text("facts.pairsFound.hint") }]
    : [];
}

/** "repeats found, templates found". */
export function originsText(origins: ValidationReport["clusters"]["origins"]): string {
  return origins.map((origin) => text(`facts.clusters.${origin}`)).join(", ");
}

/** The route, and the estimated error where it is not that of double precision. */
function describeRoute({ route, precision, errorEstimate }: RunSummary["plan"]): string {
  const name = text(`facts.route.${route}`);
  return precision === "double"
    ? name
    : text("facts.route.single", { route: name, error: formatProse(errorEstimate) });
}
