import { escapeXml } from "../figures/svg.ts";
import { cellText, type Report } from "./report.ts";
import type { Table } from "./table.ts";

const style = `
body { font: 16px/1.5 Georgia, "Times New Roman", serif; color: #111; background: #fff; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { line-height: 1.2; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font: 14px/1.4 Helvetica, Arial, sans-serif; font-variant-numeric: tabular-nums; }
caption, figcaption { text-align: left; font-style: italic; padding: 0.5rem 0; }
th, td { text-align: right; padding: 0.2rem 0.7rem; border-bottom: 1px solid #999; vertical-align: bottom; }
figure { margin: 2rem 0; }
svg { max-width: 100%; height: auto; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px; }
li { overflow-wrap: anywhere; }`;

/** A report as one HTML file that loads nothing and runs nothing. */
export function reportHtml(report: Report): string {
  const { title, methods, warnings, tables, figures, sources, bibliography } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escapeXml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeXml(title)}</h1>
${warnings.length === 0 ? "" : `<h2>Read first</h2>\n${list(warnings)}`}
<h2>Methods</h2>
${methods.map((text) => `<p>${escapeXml(text)}</p>`).join("\n")}
<h2>Results</h2>
${tables.map(tableHtml).join("\n")}
${figures.map(({ svg, caption }) => `<figure>\n${svg}<figcaption>${escapeXml(caption)}</figcaption>\n</figure>`).join("\n")}
<h2>Sources</h2>
${list(sources)}
<h2>References</h2>
<pre>${escapeXml(bibliography)}</pre>
</main>
</body>
</html>
`;
}

function list(texts: readonly string[]): string {
  return `<ul>\n${texts.map((text) => `<li>${escapeXml(text)}</li>`).join("\n")}\n</ul>`;
}

function tableHtml({ caption, columns, rows }: Table): string {
  const head = columns.map((name) => `<th scope="col">${escapeXml(name)}</th>`).join("");
  const body = rows.map(([first, ...cells]) => {
    const rest = cells.map((value) => `<td>${escapeXml(cellText(value))}</td>`).join("");
    return `<tr><th scope="row">${escapeXml(cellText(first))}</th>${rest}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeXml(caption)}"><table>\n<caption>${escapeXml(caption)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody>\n</table></div>`;
}
