import { formatLabel } from "../../src/protocol/words/numbers.ts";
import { symmetricLimit } from "../models/ticks.ts";
import { zeroLine } from "./marks/decorations.ts";
import { horizontalBars } from "./horizontalBars.ts";
import { withAlpha, type ChartTheme } from "./theme.ts";
import type { Drawing } from "./themedChart.ts";

/** One labelled value. */
export interface Bar {
  readonly label: string;
  readonly value: number;
}

/** A few signed, labelled bars from 0, for a narrow view; the value stands in the tooltip. */
export function drawBars(bars: readonly Bar[], theme: ChartTheme): Drawing {
  const data = bars.map(({ value }) => value);
  const limit = symmetricLimit(data);
  return {
    over: [zeroLine(theme)],
    chart: horizontalBars({
      theme,
      labels: bars.map(({ label }) => label),
      data,
      colors: bars.map(() => withAlpha(theme.foreground, 0.55)),
      minimum: data.some((value) => value < 0) ? -limit : 0,
      maximum: limit,
      thickness: 0.8,
      describe: (place) => {
        const bar = bars[place];
        return bar ? `${bar.label}: ${formatLabel(bar.value)}` : "";
      },
    }),
  };
}
