import { formatCount, formatShare, formatShort } from "../../protocol/words/numbers.ts";
import { printable } from "../../text/printable.ts";
import { rolesOf, type ExportedComponent } from "../bundle/exportedRun.ts";
import { Chart } from "./svg.ts";

/** One drawing with what stands below it. */
export interface Figure {
  /** Of its file, without extension. */
  readonly name: string;
  readonly caption: string;
  readonly svg: string;
}

/** The drawings of one component of a run; each can stand alone in a paper. */
export function runFigures(exported: ExportedComponent): Figure[] {
  return [scree(exported), spectrum(exported), ...projections(exported)];
}

function scree({ document }: ExportedComponent): Figure {
  const { compression } = document.summary;
  const values = [...compression.eigenvalues, ...compression.discardedEigenvalues].filter(
    (value) => value > 0,
  );
  const k = compression.components;
  const chart = new Chart(
    { low: 1, high: Math.max(2, values.length), title: "Principal component" },
    { ...ends(values), logarithmic: true, title: "Variance" },
    short,
  );
  values.forEach((value, i) => chart.mark(i + 1, value, i < k ? "disc" : "ring"));
  chart.across(k + 0.5, `${formatCount(k)} kept`);
  const caption = `Eigenvalues of the average covariance (S + R) / 2. The ${formatCount(k)} components to the left of the broken line (discs) hold ${formatShare(compression.varianceKept)} of the variance and were kept.`;
  return { name: "scree", caption, svg: chart.toSvg(caption) };
}

function spectrum({ document, component }: ExportedComponent): Figure {
  const { carried, silenced } = namesOf({ document, component });
  const { rank, directions } = document.summary;
  const { direction } = component;
  // Beyond the carried condition's rank there is nothing but rounding.
  const values = directions[direction].eigenvalues
    .slice(0, rolesOf(direction, rank).carried)
    .filter((value) => value > 0);
  const chart = new Chart(
    { low: 1, high: Math.max(2, values.length), title: "Component" },
    { ...ends(values), logarithmic: true, title: "Generalized eigenvalue" },
    short,
  );
  values.forEach((value, i) => chart.mark(i + 1, value, "disc"));
  const caption = `Generalized eigenvalues of ${carried} over ${silenced}, in sample: ratios of variances, the silenced one shrunk with γ = ${formatShort(document.summary.shrinkage.gamma[direction])}. Eigenvalues above 1 arise by chance as well.`;
  return { name: "spectrum", caption, svg: chart.toSvg(caption) };
}

function projections({ document, component }: ExportedComponent): Figure[] {
  const rows = rolesOf(component.direction, {
    target: component.targetProjections,
    reference: component.referenceProjections,
  });
  if (rows.carried.length === 0 || rows.silenced.length === 0) return [];
  const { carried, silenced } = namesOf({ document, component });
  const all = [...rows.carried, ...rows.silenced];
  const most = all.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  const chart = new Chart(
    { low: 0, high: Math.max(rows.carried.length, rows.silenced.length), title: "Row" },
    { low: -1.1 * most, high: 1.1 * most, title: "Projection" },
    short,
  );
  rows.silenced.forEach((value, i) => chart.mark(i + 1, value, "ring"));
  rows.carried.forEach((value, i) => chart.mark(i + 1, value, "disc"));
  chart.key([
    { name: carried, shape: "disc" },
    { name: silenced, shape: "ring" },
  ]);
  const { target, reference, atHand } = document.summary;
  const which =
    atHand === undefined
      ? "every row"
      : `${formatCount(atHand.target + atHand.reference)} of ${formatCount(target.rows + reference.rows)} rows, drawn at random,`;
  const caption = `Projections of ${which} on component ${component.index + 1} of ${carried} over ${silenced}, each about the mean of its own condition, in sample: the direction was found on ${atHand === undefined ? "these rows" : "all of them"}.`;
  return [{ name: "projections", caption, svg: chart.toSvg(caption) }];
}

function namesOf({ document, component }: ExportedComponent) {
  const { carried, silenced } = rolesOf(component.direction, document.summary);
  return { carried: printable(carried.name, 40), silenced: printable(silenced.name, 40) };
}

/** What a logarithmic axis must reach. */
function ends(values: readonly number[]): { low: number; high: number } {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), 0);
  if (!(high > 0)) return { low: 0.1, high: 1 };
  return high > 1.01 * low ? { low, high } : { low: low / 2, high: high * 2 };
}

function short(value: number): string {
  return formatShort(value);
}
