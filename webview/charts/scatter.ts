import type { NeuronColours } from "../models/neurons/neuronColours.ts";
import { symmetricLimit } from "../models/ticks.ts";
import { horizontalAxis, verticalAxis } from "./axes.ts";
import { levelLine, scaleOf, zeroLine } from "./marks/decorations.ts";
import { rowRings } from "./strips/strips.ts";
import { stripConditions, type MarkedRow } from "./strips/lanes.ts";
import { rowMarks } from "./marks/rowMarks.ts";
import type { ChartTheme } from "./theme.ts";
import type { Decoration, Drawing } from "./themedChart.ts";

/** Projections of one condition's rows on two components, `[rows]` each. */
export interface ScatterRows {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface ScatterOptions {
  readonly target: ScatterRows;
  readonly reference: ScatterRows;
  readonly xTitle: string;
  readonly yTitle: string;
  /** Rows to put a ring around. */
  readonly marked: readonly MarkedRow[];
  /** By which the marks are coloured, in place of their conditions. */
  readonly colours?: NeuronColours | undefined;
}

/** One component against another, a mark a row; both axes have the same range, centred on 0. */
export function drawScatter(options: ScatterOptions, theme: ChartTheme): Drawing {
  const { target, reference, marked } = options;
  const limit = symmetricLimit(target.x, target.y, reference.x, reference.y);
  const range = { theme, minimum: -limit, maximum: limit };
  return {
    under: [zeroLine(theme), zeroAcross(theme)],
    over: rowRings(marked, theme),
    chart: {
      type: "scatter",
      data: {
        datasets: stripConditions.map((condition) => ({
          data: Array.from(options[condition].x, (x, i) => ({
            x,
            y: options[condition].y[i] ?? 0,
          })),
          ...rowMarks(condition, theme, options.colours),
        })),
      },
      options: {
        interaction: { mode: "nearest", axis: "xy", intersect: false },
        scales: {
          x: horizontalAxis("linear", { ...range, title: options.xTitle }),
          y: verticalAxis("linear", { ...range, title: options.yTitle }),
        },
        plugins: { tooltip: { enabled: false } },
      },
    },
  };
}

function zeroAcross(theme: ChartTheme): Decoration {
  return (context, chart) => {
    const { left, right } = chart.chartArea;
    context.strokeStyle = theme.muted;
    levelLine(context, left, right, scaleOf(chart, "y").getPixelForValue(0));
  };
}
