import type { Interval } from "../../../src/protocol/results.ts";
import { scaleOf } from "./decorations.ts";
import { withAlpha, type ChartTheme } from "../theme.ts";
import type { Decoration } from "../themedChart.ts";

/** What permuted labels give, as a grey band behind each row of horizontal bars; nothing behind some. */
export function permutedBands(
  bands: readonly (Interval | undefined)[],
  theme: ChartTheme,
): Decoration {
  return (context, chart) => {
    const [x, y] = [scaleOf(chart, "x"), scaleOf(chart, "y")];
    const height = (0.8 * (chart.chartArea.bottom - chart.chartArea.top)) / bands.length;
    context.fillStyle = withAlpha(theme.muted, theme.highContrast ? 0.5 : 0.28);
    bands.forEach((band, row) => {
      if (!band) return;
      const left = x.getPixelForValue(band.low);
      const width = x.getPixelForValue(band.high) - left;
      context.fillRect(left, y.getPixelForValue(row) - height / 2, width, height);
    });
  };
}

/** A line across each bar from low to high, with short ends. */
export function barWhiskers(
  intervals: readonly (Interval | undefined)[],
  theme: ChartTheme,
): Decoration {
  return (context, chart) => {
    const [x, y] = [scaleOf(chart, "x"), scaleOf(chart, "y")];
    context.strokeStyle = theme.foreground;
    context.lineWidth = 1;
    intervals.forEach((interval, row) => {
      if (!interval) return;
      const [low, high] = [x.getPixelForValue(interval.low), x.getPixelForValue(interval.high)];
      const at = y.getPixelForValue(row);
      context.beginPath();
      context.moveTo(low, at);
      context.lineTo(high, at);
      for (const end of [low, high]) {
        context.moveTo(end, at - 2.5);
        context.lineTo(end, at + 2.5);
      }
      context.stroke();
    });
  };
}
