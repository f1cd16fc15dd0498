import type { ExportFormat } from "../../src/protocol/panel.ts";
import { figuresToPng } from "../charts/figuresToPng.ts";
import { headline } from "../models/headline.ts";
import { currentReport, type PanelModel } from "../models/panelModel.ts";
import { text } from "../text.ts";
import type { PanelActions } from "./store.ts";

/** Asks the host to write the run in a format; a picture of the figures is made here, where they are. */
export function exportRun(
  actions: PanelActions,
  model: PanelModel,
  format: ExportFormat,
  page: HTMLElement,
): void {
  const { run, ui } = model;
  if (!run) return;
  const { shrinkage, variance } = run.controls;
  const request = {
    format,
    solution: { shrinkage, variance },
    direction: ui.front,
    component: ui.component[ui.front],
  };
  if (format !== "png") {
    actions.send({ kind: "export", ...request });
    return;
  }
  const { progress } = model.validation;
  const { pair, verdict, sentence } = headline(
    ...([run, ui.front, request.component, currentReport(model)] as const),
    progress !== undefined,
  );
  const opening = verdict === undefined ? "" : `${text("headline.opening", { pair, verdict })} `;
  figuresToPng(page, opening + sentence)
    .then((png) => {
      actions.send({ kind: "export", ...request, png });
    })
    .catch((thrown: unknown) => {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      actions.send({ kind: "fault", message: `Drawing the figures failed: ${message}` });
    });
}
