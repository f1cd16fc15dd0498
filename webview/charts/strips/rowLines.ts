import type { Chart } from "chart.js";
import { scaleOf } from "../marks/decorations.ts";
import { withAlpha, type ChartTheme } from "../theme.ts";
import type { Decoration } from "../themedChart.ts";
import { stripConditions, type Whiskers } from "./lanes.ts";

/** A thin line behind each mark, in its colour. */
export function whiskers(
  ranges: Readonly<Record<"target" | "reference", Whiskers>>,
  theme: ChartTheme,
): Decoration {
  return (context, chart) => {
    const x = scaleOf(chart, "x");
    context.lineWidth = 1;
    stripConditions.forEach((condition, dataset) => {
      context.strokeStyle = withAlpha(theme[condition], theme.highContrast ? 0.9 : 0.45);
      const { low, high } = ranges[condition];
      placesOf(chart, dataset).forEach(({ y }, row) => {
        const [from = null, to = null] = [low[row], high[row]];
        if (from === null || to === null) return;
        context.beginPath();
        context.moveTo(x.getPixelForValue(from), y);
        context.lineTo(x.getPixelForValue(to), y);
        context.stroke();
      });
    });
  };
}

/** Rows of one cluster in a chain, from the top lane's left to the bottom lane's right. */
export function clusterLines(
  clusters: Readonly<Record<"target" | "reference", readonly number[]>>,
  theme: ChartTheme,
): Decoration {
  return (context, chart) => {
    const chains = new Map<number, { x: number; y: number }[]>();
    stripConditions.forEach((condition, dataset) => {
      const marks = placesOf(chart, dataset).map((mark, row) => ({ mark, row }));
      marks.sort((a, b) => a.mark.x - b.mark.x);
      for (const { mark, row } of marks) {
        const cluster = clusters[condition][row];
        if (cluster === undefined || Number.isNaN(mark.x)) continue;
        const chain = chains.get(cluster) ?? [];
        chain.push(mark);
        chains.set(cluster, chain);
      }
    });
    context.strokeStyle = withAlpha(theme.muted, theme.highContrast ? 0.8 : 0.45);
    context.lineWidth = 1;
    for (const chain of chains.values()) {
      context.beginPath();
      chain.forEach(({ x, y }, i) => {
        if (i === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      });
      context.stroke();
    }
  };
}

/** From row i of the target to row i of the reference. */
export function pairLines(theme: ChartTheme): Decoration {
  return (context, chart) => {
    const [targets, references] = [placesOf(chart, 0), placesOf(chart, 1)];
    context.strokeStyle = withAlpha(theme.muted, 0.4);
    context.lineWidth = 1;
    targets.forEach((from, row) => {
      const to = references[row];
      if (!to) return;
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.stroke();
    });
  };
}

function placesOf(
  chart: Chart,
  dataset: number,
): readonly { readonly x: number; readonly y: number }[] {
  return chart.getDatasetMeta(dataset).data;
}
