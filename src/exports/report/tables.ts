import type { ScoredComponent } from "../../ged/validation/report.ts";
import { directionNames, type DirectionName } from "../../ged/method/directions.ts";
import type { RunDocument } from "../../runs/runDocument.ts";
import { printable } from "../../text/printable.ts";
import { replicationTables } from "./replicationTables.ts";
import type { Table } from "./table.ts";
import { reportOf, rolesOf, type ExportedComponent } from "../bundle/exportedRun.ts";
import { entryAt } from "../../lookup.ts";

const shownComponents = 5;
const shownNeurons = 20;

/** The components of both directions, the neurons of one component, and other rows on which the run was tried. */
export function runTables(exported: ExportedComponent): Table[] {
  return [
    ...directionNames.map((direction) => componentTable(exported.document, direction)),
    neuronTable(exported),
    ...replicationTables(exported.document),
  ];
}

function componentTable(document: RunDocument, direction: DirectionName): Table {
  const { carried, silenced } = namesOf(document, direction);
  const { eigenvalues, carriedVariance, silencedVariance } = document.summary.directions[direction];
  const scored: readonly ScoredComponent[] = reportOf(document, direction)?.components ?? [];
  const rows = eigenvalues.slice(0, shownComponents).map((eigenvalue, i) => {
    const { heldOut, heldOutRatioInterval: interval, correctedP } = scored[i] ?? {};
    return [
      i + 1,
      eigenvalue,
      entryAt(carriedVariance, i) / entryAt(silencedVariance, i),
      heldOut?.ratio,
      interval?.low,
      interval?.high,
      correctedP?.heldOut,
      heldOut?.auc,
    ];
  });
  return {
    name: direction === "forward" ? "components" : "components-swapped",
    caption: `Components that carry ${carried} and are silent for ${silenced}: ratios of the variance of ${carried} over that of ${silenced}.`,
    columns: [
      "Component",
      "Eigenvalue (in sample)",
      "Ratio (in sample)",
      "Ratio (held out)",
      "95 % low (held out)",
      "95 % high (held out)",
      "p (held out, corrected)",
      "AUC (held out)",
    ],
    rows,
  };
}

function neuronTable({ document, component }: ExportedComponent): Table {
  const { carried, silenced } = namesOf(document, component.direction);
  const magnitude = (neuron: number): number => Math.abs(entryAt(component.filter, neuron));
  const order = Array.from(component.filter.keys()).sort(
    (a, b) => magnitude(b) - magnitude(a) || a - b,
  );
  const variances = rolesOf(component.direction, {
    target: document.tensors["neurons.target.variance"]?.values,
    reference: document.tensors["neurons.reference.variance"]?.values,
  });
  return {
    name: "neurons",
    caption: `The ${Math.min(shownNeurons, order.length)} neurons with the largest loadings of component ${component.index + 1} of ${carried} over ${silenced}, in sample.`,
    columns: [
      "Neuron (from 0)",
      "Loading",
      "Pattern",
      `Variance of ${carried}`,
      `Variance of ${silenced}`,
    ],
    rows: order
      .slice(0, shownNeurons)
      .map((neuron) => [
        neuron,
        component.filter[neuron],
        component.pattern[neuron],
        variances.carried?.[neuron],
        variances.silenced?.[neuron],
      ]),
  };
}

function namesOf(document: RunDocument, direction: DirectionName) {
  const { carried, silenced } = rolesOf(direction, document.summary);
  return { carried: printable(carried.name, 60), silenced: printable(silenced.name, 60) };
}

/**
 * A table as csv (RFC 4180). A text that a spreadsheet would take for a formula begins with an apostrophe.
 * Source: OWASP, CSV injection.
 */
export function tableCsv({ columns, rows }: Table): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
