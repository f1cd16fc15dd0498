import type { RunSummary } from "../../src/protocol/results.ts";
import { formatLabel, formatShare } from "../../src/protocol/words/numbers.ts";
import { cumulativeShare, splitSpectrum } from "../models/spectrum.ts";
import { text } from "../text.ts";
import { spectrumAxes, verticalAxis } from "./axes.ts";
import { cornerText, verticalLine } from "./marks/decorations.ts";
import { withAlpha, type ChartTheme } from "./theme.ts";
import type { Drawing } from "./themedChart.ts";

/** The eigenvalues of (S + R) / 2 that a run knows, kept and discarded, and their running share. */
export interface Scree {
  readonly values: readonly number[];
  /** Running share of the total variance, one a value. */
  readonly share: readonly number[];
  readonly kept: number;
  readonly zeros: number;
}

export function screeOf(summary: RunSummary): Scree {
  const { eigenvalues, discardedEigenvalues, components, totalVariance } = summary.compression;
  const all = [...eigenvalues, ...discardedEigenvalues];
  const { positive, zeros } = splitSpectrum(all, summary.target.rows + summary.reference.rows);
  return {
    values: positive,
    share: cumulativeShare(positive, totalVariance),
    kept: components,
    zeros,
  };
}

/** Scree plot with the cut-off and the cumulative share on an axis of its own. */
export function drawScree(
  scree: Scree,
  varianceKept: number,
  scale: "log" | "linear",
  theme: ChartTheme,
): Drawing {
  const points = scree.values.map((y, i) => ({ x: i + 1, y }));
  const shares = scree.share.map((y, i) => ({ x: i + 1, y: y * 100 }));
  return {
    under: [
      verticalLine(scree.kept + 0.5, {
        theme,
        color: theme.muted,
        dashed: true,
        labelAt: "bottom",
        labelSide: "left",
        label: text("spectrum.cutoff", {
          components: scree.kept,
          share: formatShare(varianceKept),
        }),
      }),
    ],
    over:
      scree.zeros > 0
        ? [cornerText(text("spectrum.zeros", { count: scree.zeros }), theme.muted, theme)]
        : [],
    chart: {
      type: "scatter",
      data: {
        datasets: [
          {
            data: points,
            pointStyle: "circle",
            radius: points.map((_, i) => (i < scree.kept ? 2 : 1.5)),
            backgroundColor: points.map((_, i) =>
              i < scree.kept ? theme.foreground : withAlpha(theme.muted, 0.6),
            ),
            borderWidth: 0,
            yAxisID: "y",
          },
          {
            data: shares,
            showLine: true,
            pointRadius: 0,
            pointHitRadius: 0,
            borderColor: theme.muted,
            borderWidth: 1,
            borderDash: [2, 3],
            yAxisID: "share",
          },
        ],
      },
      options: {
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: {
          ...spectrumAxes({ theme, scale, count: scree.values.length, values: scree.values }),
          share: {
            ...verticalAxis("linear", {
              theme,
              title: text("spectrum.axis.share"),
              minimum: 0,
              maximum: 100,
              position: "right",
              grid: false,
            }),
            ticks: {
              color: theme.muted,
              maxTicksLimit: 5,
              callback: (value: string | number) => `${String(value)} %`,
            },
          },
        },
        plugins: {
          tooltip: {
            filter: (item) => item.datasetIndex === 0,
            callbacks: {
              label: ({ dataIndex }) => [
                `${text("spectrum.column.component")} ${String(dataIndex + 1)}`,
                `${text("spectrum.column.eigenvalue")} ${formatLabel(scree.values[dataIndex] ?? NaN)}`,
                `${text("spectrum.column.share")} ${formatShare(scree.share[dataIndex] ?? NaN)}`,
              ],
            },
          },
        },
      },
    },
  };
}
