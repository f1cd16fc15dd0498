import { formatLabel } from "../models/numbers.ts";
import { symmetricLimit } from "../models/ticks.ts";
import { horizontalAxis } from "./axes.ts";
import { zeroLine } from "./decorations.ts";
import { withAlpha, type ChartTheme } from "./theme.ts";
import type { Drawing } from "./themedChart.ts";

/** One labelled value. */
export interface Bar {
  readonly label: string;
  readonly value: number;
}

/** A few signed, labelled bars from 0, for a narrow view; the largest value stands in the tooltip. */
export function drawBars(bars: readonly Bar[], theme: ChartTheme): Drawing {
  const values = bars.map(({ value }) => value);
  const limit = symmetricLimit(values);
  const signed = values.some((value) => value < 0);
  return {
    over: [zeroLine(theme)],
    chart: {
      type: "bar",
      data: {
        labels: bars.map(({ label }) => label),
        datasets: [
          {
            data: values,
            backgroundColor: withAlpha(theme.foreground, 0.55),
            barPercentage: 0.8,
            categoryPercentage: 0.9,
            minBarLength: 1,
          },
        ],
      },
      options: {
        indexAxis: "y",
        interaction: { mode: "nearest", axis: "y", intersect: false },
        scales: {
          x: horizontalAxis("linear", { theme, minimum: signed ? -limit : 0, maximum: limit }),
          y: {
            border: { display: false },
            grid: { display: false },
            ticks: { autoSkip: false, color: theme.muted },
          },
        },
        plugins: {
          tooltip: {
            callbacks: {
              title: () => "",
              label: ({ dataIndex }) => {
                const bar = bars[dataIndex];
                return bar ? `${bar.label}: ${formatLabel(bar.value)}` : "";
              },
            },
          },
        },
      },
    },
  };
}
