import type { LogarithmicHistogram } from "../models/histogram.ts";
import { formatLabel } from "../../src/protocol/words/numbers.ts";
import { text } from "../text.ts";
import { horizontalAxis, verticalAxis } from "./axes.ts";
import { verticalLine } from "./marks/decorations.ts";
import { withAlpha, type ChartTheme } from "./theme.ts";
import type { Drawing } from "./themedChart.ts";

export interface NullHistogramOptions {
  readonly histogram: LogarithmicHistogram;
  readonly observed: number;
  readonly axisTitle: string;
  /** The number of permutations asked for: fixes the height's scale while the histogram fills. */
  readonly color: "target" | "reference";
}

/** Ratios under permuted labels as bars on a logarithmic axis, the observed ratio as a line. */
export function drawNullHistogram(options: NullHistogramOptions, theme: ChartTheme): Drawing {
  const { edges, counts } = options.histogram;
  const outline = edges.flatMap((edge, i) => [
    { x: edge, y: i === 0 ? 0 : (counts[i - 1] ?? 0) },
    { x: edge, y: counts[i] ?? 0 },
  ]);
  return {
    over: [
      verticalLine(options.observed, {
        theme,
        color: theme[options.color],
        label: text("validation.null.observed", { observed: `${formatLabel(options.observed)}×` }),
      }),
    ],
    chart: {
      type: "scatter",
      data: {
        datasets: [
          {
            data: outline,
            showLine: true,
            pointRadius: 0,
            pointHitRadius: 0,
            borderColor: theme.muted,
            borderWidth: 1,
            fill: { value: 0 },
            backgroundColor: withAlpha(theme.muted, 0.35),
          },
        ],
      },
      options: {
        scales: {
          x: horizontalAxis("log", {
            theme,
            title: options.axisTitle,
            minimum: edges[0] ?? 0.1,
            maximum: edges.at(-1) ?? 10,
            grid: false,
          }),
          y: verticalAxis("linear", {
            theme,
            title: text("validation.null.count"),
            minimum: 0,
          }),
        },
        plugins: { tooltip: { enabled: false } },
      },
    },
  };
}
