import { formatLabel } from "../models/numbers.ts";
import { symmetricLimit } from "../models/ticks.ts";
import { horizontalAxis } from "./axes.ts";
import { zeroLine } from "./decorations.ts";
import { withAlpha, type ChartTheme } from "./theme.ts";
import type { Drawing } from "./themedChart.ts";

/** A labelled interval on the common axis. */
export interface LabelledInterval {
  readonly label: string;
  readonly low: number;
  readonly high: number;
}

/** Intervals as horizontal bars below each other; one that crosses 0 is paler: its sign is not settled. */
export function drawIntervals(
  intervals: readonly LabelledInterval[],
  axisTitle: string,
  theme: ChartTheme,
): Drawing {
  const limit = symmetricLimit(intervals.flatMap(({ low, high }) => [low, high]));
  return {
    over: [zeroLine(theme)],
    chart: {
      type: "bar",
      data: {
        labels: intervals.map(({ label }) => label),
        datasets: [
          {
            data: intervals.map(({ low, high }): [number, number] => [low, high]),
            backgroundColor: intervals.map(({ low, high }) =>
              withAlpha(theme.foreground, low <= 0 && high >= 0 ? 0.3 : 0.75),
            ),
            barPercentage: 0.5,
            categoryPercentage: 0.9,
            minBarLength: 2,
          },
        ],
      },
      options: {
        indexAxis: "y",
        interaction: { mode: "nearest", axis: "y", intersect: false },
        scales: {
          x: horizontalAxis("linear", {
            theme,
            title: axisTitle,
            minimum: -limit,
            maximum: limit,
          }),
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
                const shown = intervals[dataIndex];
                if (!shown) return "";
                return [shown.label, `${formatLabel(shown.low)} \u2026 ${formatLabel(shown.high)}`];
              },
            },
          },
        },
      },
    },
  };
}
