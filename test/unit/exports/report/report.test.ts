import { describe, expect, it } from "vitest";
import { reportHtml } from "../../../../src/exports/report/html.ts";
import { reportMarkdown } from "../../../../src/exports/report/markdown.ts";
import { makeReport } from "../../../../src/exports/report/report.ts";
import { tableCsv } from "../../../../src/exports/report/tables.ts";
import { exportedComponent } from "../../../support/exportedComponent.ts";
import { makeRun } from "../../../support/makeRun.ts";
import { richDocument } from "../../../support/richDocument.ts";

const hostile = '<img src=x onerror="alert(1)">&`|[a](javascript:b)';

describe("a report", () => {
  it("says in sample or held out beside every number, and what was done with this run only", async () => {
    const plain = makeReport(await exportedComponent(await makeRun()));
    expect(plain.methods[1]).toBe(
      "No rows were held out: every number of this report is in sample.",
    );
    expect(plain.bibliography).not.toContain("phipson2010");
    expect(plain.tables[0].rows[0].slice(3)).toEqual(Array(5).fill(undefined));
    const rich = makeReport(await exportedComponent(await richDocument(), "swapped"));
    expect(rich.methods[1]).toMatch(/4 folds .* 2 repeats .* permuted .* 40 times/);
    expect(rich.bibliography).toContain("phipson2010");
    for (const column of rich.tables[0].columns.slice(1))
      expect(column).toMatch(/in sample|held out/);
  });

  it("loads nothing and takes hostile names for texts", async () => {
    const document = await makeRun();
    const { summary } = document;
    const named = {
      ...document,
      summary: { ...summary, target: { ...summary.target, name: hostile } },
    };
    const report = makeReport(await exportedComponent(named));
    const html = reportHtml(report);
    expect(html).not.toContain("<img");
    expect(html).not.toMatch(/(?:src|href)\s*=\s*["'][^"']*:/);
    expect(html).toContain("default-src 'none'");
    const markdown = reportMarkdown(report);
    expect(markdown).not.toMatch(/(?<!\\)<img/);
    expect(markdown).not.toMatch(/(?<!\\)\]\(javascript:/);
    expect(markdown).not.toMatch(/\\\d/);
  });

  it("writes cells that no spreadsheet takes for a formula", () => {
    const rows = [
      ["=1+1", 2.5, undefined],
      ['a"b', Number.NaN, -3],
    ];
    expect(tableCsv({ name: "t", caption: "", columns: ["a", "b,c", "d"], rows })).toBe(
      'a,"b,c",d\r\n\'=1+1,2.5,\r\n"a""b",,-3\r\n',
    );
  });
});
