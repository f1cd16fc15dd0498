import { escapeMarkdown } from "../escapeMarkdown.ts";
import { cellText, type Report } from "./report.ts";
import type { Table } from "./table.ts";

/** A report as Markdown (CommonMark with the tables of GFM); figures stand in it as data. */
export function reportMarkdown(report: Report): string {
  const { title, methods, warnings, tables, figures, sources, bibliography } = report;
  const parts = [
    `# ${escapeMarkdown(title)}`,
    ...(warnings.length === 0 ? [] : ["## Read first", list(warnings)]),
    "## Methods",
    ...methods.map(escapeMarkdown),
    "## Results",
    ...tables.flatMap((table) => [`*${escapeMarkdown(table.caption)}*`, tableMarkdown(table)]),
    ...figures.flatMap(({ name, caption, svg }) => [
      `![${name}](data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")})`,
      `*${escapeMarkdown(caption)}*`,
    ]),
    "## Sources",
    list(sources),
    "## References",
    `\`\`\`bibtex\n${bibliography}\`\`\``,
  ];
  return `${parts.join("\n\n")}\n`;
}

function list(texts: readonly string[]): string {
  return texts.map((text) => `- ${escapeMarkdown(text)}`).join("\n");
}

function tableMarkdown({ columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
  return [
    line(columns),
    `|${columns.map(() => " ---: |").join("")}`,
    ...rows.map((row) => line(row.map(cellText))),
  ].join("\n");
}
