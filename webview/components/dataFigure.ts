import type { ThemedChart, Drawing } from "../charts/themedChart.ts";
import type { ChartTheme } from "../charts/theme.ts";
import type { DisposableView } from "./dom.ts";
import { figure, type FigureContent, type FigureOptions } from "./figure.ts";

/** What a figure shows of its data: the words and the table around a drawing, and the drawing. */
export interface ShownData extends Omit<FigureContent, "asTable"> {
  readonly draw: (theme: ChartTheme) => Drawing;
}

export interface DataFigureOptions extends Omit<FigureOptions, "plot"> {
  readonly chart: ThemedChart;
  /** The chart with what makes it walkable; the chart alone if left out. */
  readonly plot?: HTMLElement;
}

export interface DataFigure {
  readonly element: HTMLElement;
  update(shown: ShownData, asTable: boolean): void;
  dispose(): void;
}

/** A figure whose plot is a chart: drawn while the table is not shown, and ended with the figure. */
export function dataFigure({ chart, plot, ...options }: DataFigureOptions): DataFigure {
  const box = figure({ ...options, plot: plot ?? chart.element });
  return {
    element: box.element,
    update({ draw, ...content }, asTable) {
      box.update({ ...content, asTable });
      if (!asTable) chart.show(draw);
    },
    dispose: () => {
      chart.dispose();
    },
  };
}

/**
 * A data figure that itself remembers whether it is shown as a table, on a page without a store.
 * @param show makes what is shown of the data
 */
export function ownFigure<Data>(
  options: Omit<DataFigureOptions, "onTable">,
  show: (data: Data) => ShownData,
): DisposableView<Data> {
  let asTable = false;
  let latest: { readonly shown: ShownData } | undefined;
  const box = dataFigure({
    ...options,
    onTable: (_part, chosen) => {
      asTable = chosen;
      if (latest) box.update(latest.shown, asTable);
    },
  });
  return {
    element: box.element,
    update(data) {
      latest = { shown: show(data) };
      box.update(latest.shown, asTable);
    },
    dispose: box.dispose,
  };
}
