import { formatLabel } from "../../src/protocol/numbers.ts";
import { symmetricLimit } from "../models/ticks.ts";
import { zeroLine } from "./decorations.ts";
import { horizontalBars } from "./horizontalBars.ts";
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
    chart: horizontalBars({
      theme,
      labels: intervals.map(({ label }) => label),
      data: intervals.map(({ low, high }) => [low, high] as const),
      colors: intervals.map(({ low, high }) =>
        withAlpha(theme.foreground, low <= 0 && high >= 0 ? 0.3 : 0.75),
      ),
      minimum: -limit,
      maximum: limit,
      axisTitle,
      thickness: 0.5,
      describe: (place) => {
        const shown = intervals[place];
        if (!shown) return "";
        return [shown.label, `${formatLabel(shown.low)} … ${formatLabel(shown.high)}`];
      },
    }),
  };
}
