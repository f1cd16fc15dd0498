import { describeSource } from "../../conditions/naming/describeSource.ts";
import { formatCount, formatTable } from "../../protocol/words/numbers.ts";
import { notebookOrigin } from "../../runs/notebookOrigin.ts";
import type { SourceRecord } from "../../runs/summary.ts";
import { printable } from "../../text/printable.ts";
import { rolesOf, type ExportedComponent } from "../bundle/exportedRun.ts";
import { runFigures, type Figure } from "../figures/figures.ts";
import { methodsParagraphs } from "./methods.ts";
import { bibliography } from "./references.ts";
import type { Table } from "./table.ts";
import { runTables } from "./tables.ts";

/** What a report says, whatever it is written as; no text of it is markup. */
export interface Report {
  readonly title: string;
  readonly methods: readonly string[];
  /** What to read before believing a number. */
  readonly warnings: readonly string[];
  readonly tables: readonly Table[];
  readonly figures: readonly Figure[];
  /** What the files were, one line each. */
  readonly sources: readonly string[];
  readonly bibliography: string;
}

/** Puts together what is known of one component of a run and of the run around it. */
export function makeReport(exported: ExportedComponent): Report {
  const { document, component } = exported;
  const { summary, sources } = document;
  const { carried, silenced } = rolesOf(component.direction, summary);
  return {
    title: `${printable(carried.name, 60)} over ${printable(silenced.name, 60)}`,
    methods: methodsParagraphs(document),
    warnings: [
      ...summary.warnings,
      ...(summary.validation?.warnings ?? []).map(({ text }) => text),
    ].map((text) => printable(text, 600)),
    tables: runTables(exported),
    figures: runFigures(exported),
    sources: [sources.target, sources.reference].map(
      (source) => `${printable(sourceText(source), 300)} (${source.hash})`,
    ),
    bibliography: bibliography(document),
  };
}

/** A cell as a person reads it; what is not known is a dash. */
export function cellText(value: string | number | undefined): string {
  if (value === undefined) return "–";
  if (typeof value === "string") return value;
  return Number.isInteger(value) ? formatCount(value) : formatTable(value);
}

/** As on the command line; a variable of a notebook has no file that could be named. */
function sourceText(source: SourceRecord): string {
  const origin = notebookOrigin(source);
  if (origin === undefined) return describeSource(source.condition);
  return `notebook ${origin.notebook}, variable ${origin.variable}`;
}
