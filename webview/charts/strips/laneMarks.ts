import { haloText, levelLine, scaleOf, setFont } from "../marks/decorations.ts";
import type { ChartTheme } from "../theme.ts";
import type { Decoration } from "../themedChart.ts";
import { densityHeight, lanes, type Strip } from "./lanes.ts";

/** The conditions' names, each at the top of its lane with the mark of its rows. */
export function laneLabels(
  strips: Readonly<Record<"target" | "reference", Strip>>,
  theme: ChartTheme,
): Decoration {
  return (context, chart) => {
    const y = scaleOf(chart, "y");
    const left = chart.chartArea.left + 6;
    const label = (name: string, sign: string, lane: number, color: string): void => {
      const height = y.getPixelForValue(lane);
      haloText(context, sign, left, height, { theme, color, align: "left" });
      const width = context.measureText(`${sign} `).width;
      haloText(context, name, left + width, height, {
        theme,
        color: theme.foreground,
        align: "left",
      });
    };
    label(strips.target.name, "●", lanes.target + densityHeight, theme.target);
    label(strips.reference.name, "▲", lanes.reference + densityHeight, theme.reference);
  };
}

/** The difference of the means: a line from zero that ends in a mark, or in an arrow if it ends beyond the axis. */
export function differenceMark(
  difference: { readonly value: number; readonly label: string },
  theme: ChartTheme,
): Decoration {
  return (context, chart) => {
    const { left, right } = chart.chartArea;
    const x = scaleOf(chart, "x");
    const height = scaleOf(chart, "y").getPixelForValue(lanes.difference);
    const zero = x.getPixelForValue(0);
    const wanted = x.getPixelForValue(difference.value);
    const end = Math.max(left + 8, Math.min(wanted, right - 8));
    context.strokeStyle = theme.muted;
    context.fillStyle = theme.foreground;
    levelLine(context, zero, end, height);
    if (end === wanted) diamond(context, end, height);
    else arrowHead(context, end, height, Math.sign(difference.value));
    setFont(context, theme);
    const width = context.measureText(difference.label).width;
    const outwards = Math.sign(difference.value) || 1;
    const outside = end + outwards * (10 + width);
    const fits = outside >= left && outside <= right;
    // Without room beyond the mark, the label stands above the line instead of across it.
    haloText(context, difference.label, fits ? end + 10 * outwards : end, height - (fits ? 0 : 7), {
      theme,
      color: theme.muted,
      align: fits === outwards > 0 ? "left" : "right",
      baseline: fits ? "middle" : "bottom",
    });
  };
}

function diamond(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.moveTo(x - 5, y);
  context.lineTo(x, y - 5);
  context.lineTo(x + 5, y);
  context.lineTo(x, y + 5);
  context.closePath();
  context.fill();
}

function arrowHead(context: CanvasRenderingContext2D, x: number, y: number, sign: number): void {
  context.beginPath();
  context.moveTo(x + 6 * sign, y);
  context.lineTo(x - 2 * sign, y - 4);
  context.lineTo(x - 2 * sign, y + 4);
  context.closePath();
  context.fill();
}
