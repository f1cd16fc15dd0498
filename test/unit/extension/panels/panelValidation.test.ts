import { expect, it, vi } from "vitest";
import type { ValidationReport } from "../../../../src/ged/validation/report.ts";
import { CancelledError } from "../../../../src/errors.ts";
import type { HostToPanel } from "../../../../src/protocol/panel.ts";
import { PanelValidation } from "../../../../extension/panels/panelValidation.ts";
import type { PanelServices } from "../../../../extension/panels/panelServices.ts";
import type { ShownRun } from "../../../../extension/runs/shownRun.ts";
import { defaultValidationOptions } from "../../../../src/protocol/results.ts";
import { exampleReport, exampleRun } from "../../webview/exampleRun.ts";

vi.mock("vscode", () => ({ l10n: { t: (text: string) => text } }));

const solution = { shrinkage: 0.01, variance: 0.99 };

/** One panel's validation of a run, and what the panel is told. */
function panel(
  validate: (reports: ValidationReport[]) => Promise<ValidationReport>,
  reports: ValidationReport[] = [],
) {
  const told: HostToPanel[] = [];
  const services = {
    computing: (_title: string, work: (onProgress: () => void) => unknown) => work(() => undefined),
    runChanged: () => undefined,
    selection: { refresh: () => undefined },
  } as unknown as PanelServices;
  const run = {
    view: exampleRun(),
    reportOn: () => reports.at(-1) ?? null,
    validate: () => validate(reports),
  } as unknown as ShownRun;
  const validation = new PanelValidation(services, (message) => told.push(message));
  validation.show(run);
  const begin = () => validation.validate(run, { solution, options: defaultValidationOptions });
  return { validation, told, begin };
}

it("tells a page that begins anew of a validation that runs, and of none that has ended", async () => {
  const report = exampleReport();
  let finish = (): void => undefined;
  const { validation, told, begin } = panel(
    () => new Promise((resolve) => (finish = () => resolve(report))),
  );
  const running = begin();
  validation.send();
  expect(told.map((message) => "progress" in message)).toEqual([true, true]);
  finish();
  await running;
  expect(told.at(-1)).toEqual({ kind: "validation", solution, report });
  validation.send();
  expect(told).toHaveLength(3);
});

it.each([
  ["cancelled", new CancelledError()],
  ["failed", new Error("The engine is gone.")],
] as const)("says that one was %s, and shows the report before", async (gaveUp, thrown) => {
  const before = exampleReport();
  const { told, begin } = panel(() => Promise.reject(thrown), [before]);
  await expect(begin()).rejects.toBe(thrown);
  expect(told.at(-1)).toEqual({ kind: "validation", solution, report: before, gaveUp });
});

it("shows a new report that could not be saved", async () => {
  const report = exampleReport();
  const { told, begin } = panel((reports) => {
    reports.push(report);
    return Promise.reject(new Error("The disk is full."));
  });
  await expect(begin()).rejects.toThrow(/disk is full/);
  expect(told.at(-1)).toEqual({ kind: "validation", solution, report });
});
