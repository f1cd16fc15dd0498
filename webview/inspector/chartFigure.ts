import type { InspectorChart } from "./content/content.ts";
import { drawBars } from "../charts/bars.ts";
import { drawStrips } from "../charts/strips/strips.ts";
import { ThemedChart } from "../charts/themedChart.ts";
import { ownFigure } from "../components/dataFigure.ts";
import type { TableContent } from "../components/dataTable.ts";
import { element, setShown, type View } from "../components/dom.ts";
import { formatLabel } from "../../src/protocol/words/numbers.ts";
import { largestByMagnitude } from "../models/neurons/ranking.ts";
import { text } from "../text.ts";

/**
 * The inspector's one small chart.
 * @param copy puts a table on the clipboard
 */
export function chartFigure(copy: (table: string) => void): View<InspectorChart | undefined> {
  const chart = new ThemedChart();
  const plot = element("div", { class: "canvas-holder" }, chart.element);
  const box = ownFigure<InspectorChart>(
    { part: "inspector-chart", chart, plot, shape: "tall", heading: "h2", onCopy: copy },
    (shown) => ({
      title: shown.title,
      finding: findingOf(shown),
      caption: "",
      table: () => tableOf(shown),
      draw: (theme) =>
        shown.kind === "bars"
          ? drawBars(shown.bars, theme)
          : drawStrips(
              { target: shown.target, reference: shown.reference, line: shown.marked },
              theme,
            ),
    }),
  );
  return {
    element: box.element,
    update(next) {
      setShown(box.element, next !== undefined);
      if (next) box.update(next);
    },
  };
}

function findingOf(chart: InspectorChart): string {
  if (chart.kind === "strips") {
    return text("inspector.chart.strips", {
      target: chart.target.name,
      reference: chart.reference.name,
      count: chart.target.values.length + chart.reference.values.length,
    });
  }
  const [place = 0] = largestByMagnitude(
    chart.bars.map(({ value }) => value),
    1,
  );
  const largest = chart.bars[place];
  return text("inspector.chart.bars", {
    label: largest?.label ?? text("validation.none"),
    value: formatLabel(largest?.value ?? NaN),
  });
}

function tableOf(chart: InspectorChart): TableContent {
  if (chart.kind === "bars") {
    return {
      columns: ["", text("inspector.column.value")],
      rows: chart.bars.map(({ label, value }) => [label, value]),
    };
  }
  return {
    columns: [
      text("projections.column.row"),
      text("projections.column.condition"),
      text("inspector.column.value"),
    ],
    rows: [chart.target, chart.reference].flatMap(({ name, values }) =>
      Array.from(values, (value, row) => [row, name, value]),
    ),
  };
}
