import { sweepFinding } from "../../src/protocol/sweepFinding.ts";
import type { HostToSweep, SweepToHost, SweepView } from "../../src/protocol/views/sweepView.ts";
import { ThemedChart } from "../charts/themedChart.ts";
import { ownFigure } from "../components/dataFigure.ts";
import { dataTable } from "../components/dataTable.ts";
import { element, setShown, setText, type View } from "../components/dom.ts";
import { progressBar } from "../components/progressBar.ts";
import { button } from "../components/toolkit.ts";
import { drawLayers } from "./chart.ts";
import { engineText, text } from "../text.ts";
import { columnsOf, paleColumns, rowsOf } from "./rows.ts";
import { originOf } from "./words.ts";

/** GED over layers: a chart that fills while it runs, and a table from which a layer's run opens. */
export function sweep(send: (message: SweepToHost) => void): View<HostToSweep> {
  const open = (place: number): void => {
    send({ kind: "open", place });
  };
  const title = element("h1", { "data-part": "sweep-title" });
  const subtitle = element("p", { class: "muted" });
  const finding = element("p", { "data-part": "sweep-finding", "aria-live": "polite" });
  const rerun = button({
    label: text("state.tryAgain"),
    part: "rerun",
    onClick: () => {
      send({ kind: "rerun" });
    },
  });
  const cancel = button({
    label: text("state.cancel"),
    part: "cancel",
    onClick: () => {
      send({ kind: "cancel" });
    },
  });
  const bar = progressBar("sweep-progress");
  const progress = element("div", { class: "progress-row" }, bar.element, cancel);
  const problem = element("p", { class: "failure", role: "alert", "data-part": "problem" });
  const chart = new ThemedChart({
    onClick: ({ place }) => {
      open(place);
    },
  });
  const box = ownFigure<SweepView>(
    {
      part: "sweep-chart",
      chart,
      plot: element("div", { class: "canvas-holder" }, chart.element),
      shape: "flat",
      heading: "h2",
      onCopy: (text) => {
        send({ kind: "copy", text });
      },
    },
    (view) => ({
      title: text("sweep.chart"),
      finding: sweepFinding(view, text),
      caption: text("sweep.caption"),
      table: () => ({ columns: columnsOf(view), rows: rowsOf(view) }),
      draw: (theme) => drawLayers(view, theme),
    }),
  );
  const table = element("div", { class: "scroll-x", "data-part": "sweep-table" });
  setShown(problem, false);

  function show(view: SweepView): void {
    setText(title, text("sweep.title", view));
    setText(subtitle, originOf(view));
    setText(finding, sweepFinding(view, text));
    box.update(view);
    table.replaceChildren(layersTable(view, open));
  }

  return {
    element: element(
      "main",
      { "data-part": "sweep" },
      element("header", {}, element("div", {}, title, subtitle), rerun),
      finding,
      progress,
      problem,
      box.element,
      table,
    ),
    update(message) {
      setShown(problem, message.kind === "problem");
      if (message.kind === "problem") {
        setText(problem, engineText(message.message));
        return;
      }
      setShown(progress, message.progress !== undefined);
      setShown(rerun, message.progress === undefined);
      if (message.progress) bar.update(message.progress);
      show(message.view);
    },
  };
}

function layersTable(view: SweepView, open: (place: number) => void): HTMLTableElement {
  const table = dataTable(text("sweep.chart"), { columns: columnsOf(view), rows: rowsOf(view) });
  table.tBodies[0]?.querySelectorAll("tr").forEach((row, place) => {
    for (const column of paleColumns) row.cells[column]?.classList.add("muted");
    const layer = view.layers[place];
    if (!layer?.found) return;
    const link = button({
      label: text("sweep.open"),
      name: text("sweep.openLayer", { layer: layer.layer }),
      appearance: "icon",
      part: "open-layer",
      onClick: () => {
        open(place);
      },
    });
    row.append(element("td", {}, link));
  });
  table.tHead?.rows[0]?.append(element("td"));
  return table;
}
