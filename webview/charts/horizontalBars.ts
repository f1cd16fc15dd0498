import type { ChartConfiguration } from "chart.js";
import { horizontalAxis } from "./axes.ts";
import type { ChartTheme } from "./theme.ts";

interface HorizontalBars {
  readonly theme: ChartTheme;
  readonly labels: readonly string[];
  /** A value from 0, or an interval, one per label. */
  readonly data: readonly (number | readonly [number, number])[];
  /** One colour a bar. */
  readonly colors: readonly string[];
  /** One colour per label; all muted where omitted. */
  readonly labelColors?: readonly string[];
  readonly minimum: number;
  readonly maximum: number;
  readonly axisTitle?: string;
  /** Thickness of a bar as a share of its row. */
  readonly thickness: number;
  /** The lines of a bar's tooltip. */
  readonly describe: (place: number) => string | string[];
}

/** Labelled horizontal bars, one row each, every label shown. */
export function horizontalBars(bars: HorizontalBars): ChartConfiguration {
  const { theme } = bars;
  return {
    type: "bar",
    data: {
      labels: [...bars.labels],
      datasets: [
        {
          data: bars.data.map((each) =>
            typeof each === "number" ? each : ([each[0], each[1]] satisfies [number, number]),
          ),
          backgroundColor: [...bars.colors],
          barPercentage: bars.thickness,
          categoryPercentage: 0.9,
          minBarLength: 1,
        },
      ],
    },
    options: {
      indexAxis: "y",
      interaction: { mode: "nearest", axis: "y", intersect: false },
      scales: {
        x: horizontalAxis("linear", {
          theme,
          minimum: bars.minimum,
          maximum: bars.maximum,
          ...(bars.axisTitle === undefined ? {} : { title: bars.axisTitle }),
        }),
        y: {
          border: { display: false },
          grid: { display: false },
          ticks: {
            autoSkip: false,
            color: bars.labelColors === undefined ? theme.muted : [...bars.labelColors],
          },
        },
      },
      plugins: { tooltip: placeTooltip(bars.describe) },
    },
  };
}

/** A tooltip without a title whose lines follow from the mark's place. */
export function placeTooltip(describe: (place: number) => string | string[]): object {
  return {
    callbacks: {
      title: () => "",
      label: ({ dataIndex }: { dataIndex: number }) => describe(dataIndex),
    },
  };
}
