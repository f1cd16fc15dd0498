import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
  type ActiveElement,
  type ChartConfiguration,
  type ChartEvent,
} from "chart.js";
import { element } from "../components/dom.ts";
import { dragBox, isExtending, type Box } from "./dragBox.ts";
import { watchView } from "./inView.ts";
import { plainCanvas } from "./plainCanvas.ts";
import { chartTheme, onThemeChange, type ChartTheme } from "./theme.ts";

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
);

/** Draws onto the finished chart, in pixels, with the chart's scales to place things by. */
export type Decoration = (context: CanvasRenderingContext2D, chart: Chart) => void;

/** A drawing as the theme makes it: the chart, and what is drawn over or under its marks. */
export interface Drawing {
  readonly chart: ChartConfiguration;
  readonly under?: readonly Decoration[];
  readonly over?: readonly Decoration[];
}

/** A mark that the pointer is on, by its dataset and its place therein. */
export interface Mark {
  readonly dataset: number;
  readonly place: number;
}

interface PointerHandlers {
  /** @param extend whether Shift, Ctrl or Command was held */
  readonly onClick?: (mark: Mark, extend: boolean) => void;
  /** The marks inside a box that was dragged. */
  readonly onBox?: (marks: readonly Mark[], extend: boolean) => void;
  readonly onHover?: (mark: Mark | undefined) => void;
}

/**
 * A Chart.js chart that is drawn again when the theme changes, never animates, and is hidden from
 * screen readers: the figure around it says what it shows.
 */
export class ThemedChart {
  readonly canvas: HTMLCanvasElement;
  readonly element: HTMLElement;
  #chart: Chart | undefined;
  #draw: ((theme: ChartTheme) => Drawing) | undefined;
  #drawing: Drawing | undefined;
  readonly #pointer: PointerHandlers;
  readonly #endWatching: () => void;
  readonly #view: ReturnType<typeof watchView>;
  /** Whether there is something newer than what was drawn. */
  #stale = false;

  constructor(pointer: PointerHandlers = {}) {
    this.#pointer = pointer;
    this.canvas = plainCanvas();
    this.element = element("div", { class: "canvas-box" }, this.canvas);
    if (pointer.onBox) {
      dragBox(this.element, (box, extend) => {
        pointer.onBox?.(this.#marksIn(box), extend);
      });
    }
    this.#endWatching = onThemeChange(() => {
      this.#redraw();
    });
    this.#view = watchView(this.element, () => {
      if (this.#stale) this.#redraw();
    });
  }

  /** The marks of the first datasets that lie in a box, in pixels of the canvas. */
  #marksIn(box: Box): Mark[] {
    const chart = this.#chart;
    if (!chart) return [];
    return chart.data.datasets.flatMap((_, dataset) =>
      chart
        .getDatasetMeta(dataset)
        .data.flatMap(({ x, y }, place) =>
          x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
            ? [{ dataset, place }]
            : [],
        ),
    );
  }

  /** Whether it is in the window, or nearly. */
  get seen(): boolean {
    return this.#view.seen;
  }

  /** Ends the chart of a figure that is taken off the page. */
  dispose(): void {
    this.#endWatching();
    this.#view.end();
    this.#chart?.destroy();
    this.#chart = undefined;
    this.#draw = undefined;
  }

  /**
   * Draws what `draw` makes of the theme, now and at every change of theme until the next call; a chart that is
   * out of view, once it comes into view.
   */
  show(draw: (theme: ChartTheme) => Drawing): void {
    this.#draw = draw;
    if (this.#chart && !this.#view.seen) this.#stale = true;
    else this.#redraw();
  }

  #redraw(): void {
    if (!this.#draw) return;
    this.#stale = false;
    const theme = chartTheme();
    Chart.defaults.color = theme.muted;
    Chart.defaults.borderColor = theme.grid;
    Chart.defaults.font.family = theme.fontFamily;
    Chart.defaults.font.size = theme.fontSize;
    const typeBefore = this.#drawing?.chart.type;
    this.#drawing = this.#draw(theme);
    const { data, options } = this.#drawing.chart;
    // Chart.js keeps the type that a chart was made with.
    if (typeBefore !== this.#drawing.chart.type) {
      this.#chart?.destroy();
      this.#chart = undefined;
    }
    if (this.#chart) {
      this.#chart.data = data;
      this.#chart.options = this.#completed(options, theme);
      this.#chart.update("none");
      return;
    }
    this.#chart = new Chart(this.canvas, {
      ...this.#drawing.chart,
      options: this.#completed(options, theme),
      plugins: [
        {
          id: "decorations",
          beforeDatasetsDraw: (chart) => {
            decorate(chart, this.#drawing?.under);
          },
          afterDatasetsDraw: (chart) => {
            decorate(chart, this.#drawing?.over);
          },
        },
      ],
    });
  }

  /** The options that all charts share. */
  #completed(
    options: ChartConfiguration["options"],
    theme: ChartTheme,
  ): NonNullable<ChartConfiguration["options"]> {
    const clickable = this.#pointer.onClick !== undefined;
    return {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      ...options,
      plugins: {
        ...options?.plugins,
        tooltip: { ...tooltipStyle(theme), ...options?.plugins?.tooltip },
      },
      onClick: ({ native }: ChartEvent, marks: ActiveElement[]) => {
        const mark = marks[0];
        const extend = native instanceof MouseEvent && isExtending(native);
        if (mark)
          this.#pointer.onClick?.({ dataset: mark.datasetIndex, place: mark.index }, extend);
      },
      onHover: (event: ChartEvent, marks: ActiveElement[]) => {
        const mark = marks[0];
        this.canvas.classList.toggle("pointing", clickable && mark !== undefined);
        if (event.type === "mouseout") this.#pointer.onHover?.(undefined);
        else {
          this.#pointer.onHover?.(mark && { dataset: mark.datasetIndex, place: mark.index });
        }
      },
    };
  }
}

function decorate(chart: Chart, decorations: readonly Decoration[] | undefined): void {
  for (const decoration of decorations ?? []) {
    chart.ctx.save();
    decoration(chart.ctx, chart);
    chart.ctx.restore();
  }
}

function tooltipStyle(theme: ChartTheme): object {
  return {
    animation: false,
    backgroundColor: theme.tooltipBackground,
    titleColor: theme.tooltipForeground,
    bodyColor: theme.tooltipForeground,
    borderColor: theme.tooltipBorder,
    borderWidth: 1,
    cornerRadius: 2,
    padding: 8,
    caretSize: 0,
    displayColors: false,
    titleFont: { weight: "600" },
  };
}
