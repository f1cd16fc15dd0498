import { describe, expect, it } from "vitest";
import { reportHtml } from "../../../../src/exports/report/html.ts";
import { reportMarkdown } from "../../../../src/exports/report/markdown.ts";
import { makeReport } from "../../../../src/exports/report/report.ts";
import { tableCsv } from "../../../../src/exports/report/tables.ts";
import { exportedComponent } from "../../../support/exportedComponent.ts";
import { makeRun } from "../../../support/makeRun.ts";
import { someTransfer } from "../../../support/someTransfer.ts";
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

  it("has the rows on which the run was tried, and what these say together", async () => {
    const document = await makeRun();
    const component = {
      index: 0,
      inSample: { carriedVariance: 9, silencedVariance: 1 },
      transferred: { carriedVariance: 3, silencedVariance: 1, auc: 0.5, magnitudeAuc: 0.5 },
      ratioInterval: { low: 2, high: 4.5 },
    };
    const tried = ["a", "b"].map((name) => {
      const condition = { source: { path: `${name}.npy` }, label: `${name}.npy`, rows: 40 };
      return {
        ...someTransfer(""),
        ...{ target: condition, reference: condition, forward: [component] },
      };
    });
    const report = makeReport(await exportedComponent({ ...document, transfers: tried }));
    const table = report.tables.find(({ name }) => name === "replication");
    expect(table?.rows.map(([label]) => label)).toEqual([
      "a.npy vs a.npy",
      "b.npy vs b.npy",
      "Together",
    ]);
    expect(table?.rows.at(-1)?.[1]).toBeCloseTo(3, 12);
    expect(table?.caption).toMatch(/Verdict: holds\. .* ratio of 3\.00000 .* Q = 0 with 1 degrees/);
    expect(report.bibliography).toContain("cochran1954");
    expect(makeReport(await exportedComponent(document)).bibliography).not.toContain("cochran1954");
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
