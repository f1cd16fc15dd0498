import { join } from "node:path";
import type { Engine } from "../engine/engine.ts";
import { EigenlensError } from "../errors.ts";
import type { AddableDirection } from "../exports/addedDirection.ts";
import { directionBundle } from "../exports/bundle/directionBundle.ts";
import { runFigures } from "../exports/figures/figures.ts";
import { controlVector } from "../exports/gguf/controlVector.ts";
import { reproduceNotebook } from "../exports/python/notebook.ts";
import { reportHtml } from "../exports/report/html.ts";
import { reportMarkdown } from "../exports/report/markdown.ts";
import { makeReport } from "../exports/report/report.ts";
import { runTables, tableCsv } from "../exports/report/tables.ts";
import type { ExportedComponent } from "../exports/bundle/exportedRun.ts";
import type { ComponentFlags } from "./readComponent.ts";

export interface ExportFlags extends ComponentFlags {
  readonly direction?: string;
  readonly gguf?: string;
  readonly use: AddableDirection;
  readonly report?: string;
  readonly figures?: string;
  readonly tables?: string;
  readonly notebook?: string;
}

/** One file to be written. */
export interface Output {
  readonly out: string;
  readonly content: Uint8Array | string | readonly Uint8Array[];
}

/** Makes what the flags ask for, but for the notebook; nothing is written yet. */
export function exportsOf(exported: ExportedComponent, flags: ExportFlags): Output[] {
  const { direction, gguf, use, report, figures, tables } = flags;
  return [
    ...(direction === undefined ? [] : [{ out: direction, content: directionBundle(exported) }]),
    ...(gguf === undefined ? [] : [{ out: gguf, content: controlVector(exported, use) }]),
    ...(report === undefined ? [] : [{ out: report, content: reportText(report, exported) }]),
    ...(figures === undefined ? [] : figureFiles(exported, figures)),
    ...(tables === undefined
      ? []
      : runTables(exported).map((table) => ({
          out: join(tables, `${table.name}.csv`),
          content: tableCsv(table),
        }))),
  ];
}

/** Headers and label vectors are read again: the script names the rows by their numbers. */
export async function notebookOf(
  { document }: ExportedComponent,
  out: string | undefined,
  engine: Engine,
): Promise<Output[]> {
  if (out === undefined) return [];
  const rows = await engine.fileRows(document);
  return [{ out, content: reproduceNotebook(document, rows) }];
}

function reportText(path: string, exported: ExportedComponent): string {
  if (/\.html?$/i.test(path)) return reportHtml(makeReport(exported));
  if (/\.(md|markdown)$/i.test(path)) return reportMarkdown(makeReport(exported));
  throw new EigenlensError(
    "usage",
    `${path} is neither .html nor .md: a report is written as one of the two.`,
  );
}

function figureFiles(exported: ExportedComponent, folder: string): Output[] {
  const figures = runFigures(exported);
  const captions = figures.map(({ name, caption }) => `${name}.svg: ${caption}\n`).join("");
  return [
    ...figures.map(({ name, svg }) => ({ out: join(folder, `${name}.svg`), content: svg })),
    { out: join(folder, "captions.txt"), content: captions },
  ];
}
