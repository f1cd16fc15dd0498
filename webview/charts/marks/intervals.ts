import { formatLabel } from "../../../src/protocol/words/numbers.ts";
import type { Interval } from "../../../src/protocol/results.ts";
import { symmetricLimit } from "../../models/ticks.ts";
import { text } from "../../text.ts";
import { zeroLine } from "./decorations.ts";
import { horizontalBars } from "../horizontalBars.ts";
import { permutedBands } from "./permutedBands.ts";
import { withAlpha, type ChartTheme } from "../theme.ts";
import type { Drawing } from "../themedChart.ts";

/** A labelled interval on the common axis, and the one that permuted labels give. */
export interface LabelledInterval extends Interval {
  readonly label: string;
  readonly permuted?: Interval;
}

/**
 * Intervals as horizontal bars below each other, those of permuted labels as grey bands behind them; one that crosses 0
 * is paler: its sign is not settled.
 */
export function drawIntervals(
  intervals: readonly LabelledInterval[],
  axisTitle: string,
  theme: ChartTheme,
): Drawing {
  const limit = symmetricLimit(
    intervals.flatMap(({ low, high, permuted }) => [
      low,
      high,
      ...(permuted ? [permuted.low, permuted.high] : []),
    ]),
  );
  return {
    under: [
      permutedBands(
        intervals.map(({ permuted }) => permuted),
        theme,
      ),
    ],
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
      thickness: 0.35,
      describe: (place) => {
        const shown = intervals[place];
        if (!shown) return "";
        const { permuted } = shown;
        return [
          shown.label,
          rangeText(shown),
          ...(permuted ? [text("evidence.permutedRange", { range: rangeText(permuted) })] : []),
        ];
      },
    }),
  };
}

function rangeText({ low, high }: Interval): string {
  return `${formatLabel(low)} … ${formatLabel(high)}`;
}
