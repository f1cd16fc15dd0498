import type { HostToSeries, SeriesToHost } from "../../src/protocol/views/seriesView.ts";
import type { SweepView } from "../../src/protocol/views/sweepView.ts";
import { sweepFinding } from "../../src/protocol/findings/sweepFinding.ts";
import { ThemedChart } from "../charts/themedChart.ts";
import { ownFigure } from "../components/dataFigure.ts";
import { element, type View } from "../components/dom.ts";
import { seriesPage } from "../series/seriesPage.ts";
import { drawLayers } from "./chart.ts";
import { text } from "../text.ts";
import { layerTables } from "./layerTables.ts";
import { columnsOf, rowsOf } from "./rows.ts";
import { isFromMoments, originOf } from "./words.ts";

export type HostToSweep = HostToSeries<SweepView>;

/** GED over layers: a chart that fills while it runs, and tables from which a layer's run opens. */
export function sweep(send: (message: SeriesToHost) => void): View<HostToSweep> {
  const open = (place: number): void => {
    send({ kind: "open", place });
  };
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
      onCopy: (copied) => {
        send({ kind: "copy", text: copied });
      },
    },
    (view) => ({
      title: text("sweep.chart"),
      finding: sweepFinding(view, text),
      caption: text(isFromMoments(view) ? "sweep.caption.moments" : "sweep.caption"),
      table: () => ({ columns: columnsOf(view), rows: rowsOf(view) }),
      draw: (theme) => drawLayers(view, theme),
    }),
  );
  const tables = element("div", { class: "columns" });
  return seriesPage<SweepView>({
    part: "sweep",
    title: (view) => text("sweep.title", view),
    origin: originOf,
    body: [box.element, tables],
    send,
    show(view) {
      box.update(view);
      tables.replaceChildren(...layerTables(view, open));
      return sweepFinding(view, text);
    },
  });
}
