// What both benchmarks do with their results: a dated JSON, a table on the terminal and, where asked, in README.md.
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { join } from "node:path";
import { here } from "./environment.mjs";
import { writeReadme } from "./table.mjs";

/**
 * @template {object} Results
 * @param {"bench" | "reading"} section of README.md
 * @param {Results} found what was measured
 * @param {(report: any) => string} render
 * @param {boolean} write into README.md too
 */
export function publish(section, found, render, write) {
  const report = {
    date: new Date().toISOString(),
    node: process.version,
    v8: process.versions.v8,
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    load: loadavg()[0],
    ...found,
  };
  const output = join(here, "output");
  mkdirSync(output, { recursive: true });
  const prefix = section === "bench" ? "" : `${section}-`;
  const file = join(output, `${prefix}${report.date.replaceAll(":", "-")}.json`);
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  const table = render(report);
  console.log(table);
  console.error(`Written to ${file}`);
  if (write) writeReadme(join(here, "README.md"), section, table);
}
