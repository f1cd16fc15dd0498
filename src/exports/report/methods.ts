import type { ValidationReport } from "../../ged/validation/report.ts";
import { formatCount, formatShare, formatShort } from "../../protocol/words/numbers.ts";
import { sayInEnglish } from "../../protocol/strings.ts";
import type { RunDocument } from "../../runs/runDocument.ts";
import { printable } from "../../text/printable.ts";
import { sharedProvenance } from "../../runs/sharedProvenance.ts";

/** What was done, as the methods section of a paper would say it: one paragraph on the run, one on its validation. */
export function methodsParagraphs(document: RunDocument): string[] {
  const { validation } = document.summary;
  return [
    runParagraph(document),
    validation === null
      ? "No rows were held out: every number of this report is in sample."
      : validationParagraph(validation),
  ];
}

function runParagraph(document: RunDocument): string {
  const { summary, version } = document;
  const { target, reference, compression, plan, shrinkage } = summary;
  const [carried, silenced] = [printable(target.name, 60), printable(reference.name, 60)];
  const { estimator, gamma } = shrinkage;
  const estimated =
    estimator === undefined
      ? ""
      : ` (the ${sayInEnglish(`facts.estimator.${estimator}`)} estimate of the rows of R)`;
  const precision = plan.precision === "double" ? "double" : "single";
  return [
    `Activations of ${carried} (${formatCount(target.rows)} rows) and ${silenced} (${formatCount(reference.rows)} rows) in ${formatCount(target.columns)} neurons${placeOf(document)} were compared by generalized eigendecomposition (Cohen 2022) with Eigenlens ${version}.`,
    `With S and R the covariance matrices of ${carried} and ${silenced} (rows centred on the mean of their own condition), the average covariance (S + R) / 2 was decomposed (${routes[plan.route]}, ${precision} precision), and its first ${formatCount(compression.components)} principal components, ${formatShare(compression.varianceKept)} of the variance, were kept.`,
    `In these, S w = λ ((1 − γ) R + γ α I) w was solved with γ = ${formatShort(gamma.forward)}${estimated} and α the mean eigenvalue of R, and again with the roles of S and R swapped${estimator === undefined ? "" : ` (γ = ${formatShort(gamma.swapped)})`}.`,
    "Directions were mapped back to the neurons and scaled to unit length; patterns are the carried condition's covariance times the direction (Haufe et al. 2014).",
  ].join(" ");
}

const routes = {
  gram: "by the inner products of the rows",
  covariance: "by the covariance of the neurons",
  krylov: "by a block Krylov method",
} as const;

function placeOf(document: RunDocument): string {
  const { model, site, component, layer, token_rule: token } = sharedProvenance(document);
  const parts = [
    ...(model === undefined ? [] : [`model ${model}`]),
    ...(component === undefined ? [] : [component.replaceAll("_", " ")]),
    ...(layer === undefined ? [] : [`block ${layer} counted from 0`]),
    ...(site === undefined ? [] : [`site ${site}`]),
    ...(token === undefined ? [] : [`token: ${token}`]),
  ];
  return parts.length === 0 ? "" : ` (${parts.map((part) => printable(part, 80)).join(", ")})`;
}

const kept = {
  pairs: "Pairs of rows were never divided between fitting and testing.",
  groups: "Rows of one group were never divided between fitting and testing.",
  none: "",
} as const;

const exchanged = {
  withinPairs: "within pairs",
  withinGroups: "within groups",
  clusters: "of whole clusters",
  across: "across all rows",
} as const;

function validationParagraph({
  scheme,
  permutations,
  clusters,
  omitted,
}: ValidationReport): string {
  const found = clusters.origins.length > 0;
  const sentences = [
    scheme.kind === "trainTest"
      ? `Rows ${scheme.trainRows.start} to ${scheme.trainRows.stop - 1} of both conditions were fitted, rows ${scheme.testRows.start} to ${scheme.testRows.stop - 1} held out.`
      : `Everything, compression included, was fitted anew in each of ${scheme.folds} folds and scored on the rows held out, with ${scheme.repeats} repeats of the folds (seed ${scheme.seed}). ${kept[scheme.grouping]}`,
    ...(found
      ? [
          `Rows that depend on each other formed ${formatCount(clusters.count)} clusters, which were held out and permuted as a whole.`,
        ]
      : []),
    ...(permutations === undefined
      ? []
      : [
          `For p, labels were permuted ${exchanged[permutations.exchange]} ${formatCount(permutations.count)} times among the rows about their condition's mean, and the whole procedure was repeated each time: p = (b + 1) / (m + 1) for b of m permutations that reach the ratio (Phipson & Smyth 2010), corrected over the components shown by the largest of each permutation (Nichols & Holmes 2002).`,
        ]),
    ...omitted.map((part) => `Left out: ${printable(part, 300)}`),
  ];
  return sentences.map((sentence) => sentence.trim()).join(" ");
}
