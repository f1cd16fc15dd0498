import type { NamedChange } from "../models/steering/changes.ts";
import type { MeanOfPrompts } from "../../src/protocol/steering.ts";
import { formatShort } from "../../src/protocol/words/numbers.ts";
import { text } from "../text.ts";
import { horizontalAxis, verticalAxis } from "./axes.ts";
import { levelLine, scaleOf, verticalLine } from "./marks/decorations.ts";
import { withAlpha, type ChartTheme } from "./theme.ts";
import type { Decoration, Drawing } from "./themedChart.ts";

/** Colours of the steps towards a condition and away from it. */
export interface StepColors {
  readonly towards: "target" | "reference";
  readonly away: "target" | "reference";
}

/** Shift over collateral KL, both with whiskers that the axes have room for; steps of one sign are joined. */
export function drawSteering(
  changes: readonly NamedChange[],
  fixedKl: number | undefined,
  colors: StepColors,
  theme: ChartTheme,
): Drawing {
  const colorOf = (kind: NamedChange["kind"]): string =>
    kind === "random" ? theme.muted : theme[colors[kind]];
  const of = (kind: NamedChange["kind"]): NamedChange[] =>
    changes.filter((change) => change.kind === kind).sort((a, b) => a.kl.mean - b.kl.mean);
  const range = (of: (change: NamedChange) => MeanOfPrompts) => {
    const ends = [0, ...changes.flatMap((change) => Object.values(endsOf(of(change))))];
    const [least, most] = [Math.min(...ends), Math.max(...ends)];
    const margin = 0.05 * (most - least || 1);
    return { minimum: least - margin, maximum: most + margin };
  };
  const kinds = [
    { kind: "towards", pointStyle: "circle", radius: 4, joined: true },
    { kind: "away", pointStyle: "triangle", radius: 5, joined: true },
    { kind: "random", pointStyle: "crossRot", radius: 4, joined: false },
  ] as const;
  const shown = kinds.map(({ kind }) => of(kind));
  return {
    under: [
      (context, chart) => {
        const y = scaleOf(chart, "y").getPixelForValue(0);
        context.strokeStyle = theme.muted;
        levelLine(context, chart.chartArea.left, chart.chartArea.right, y);
      },
      ...(fixedKl === undefined
        ? []
        : [
            verticalLine(fixedKl, {
              theme,
              color: theme.muted,
              dashed: true,
              label: text("check.figure.kl", { kl: formatShort(fixedKl) }),
            }),
          ]),
      ...changes.map((change) => whiskers(change, colorOf(change.kind))),
    ],
    chart: {
      type: "scatter",
      data: {
        datasets: kinds.map(({ kind, pointStyle, radius, joined }, i) => ({
          data: (shown[i] ?? []).map(({ kl, shift }) => ({ x: kl.mean, y: shift.mean })),
          showLine: joined,
          pointStyle,
          radius,
          borderColor: withAlpha(colorOf(kind), 0.6),
          borderWidth: 1,
          pointBackgroundColor: colorOf(kind),
          pointBorderColor: colorOf(kind),
          // A cross is nothing but its lines.
          pointBorderWidth: joined ? 0 : 1.5,
        })),
      },
      options: {
        layout: { padding: { right: 8 } },
        interaction: { mode: "nearest", intersect: false },
        scales: {
          x: horizontalAxis("linear", {
            theme,
            title: text("check.figure.x"),
            ...range(({ kl }) => kl),
            minimum: 0,
          }),
          y: verticalAxis("linear", {
            theme,
            title: text("check.figure.y"),
            ...range(({ shift }) => shift),
          }),
        },
        plugins: {
          tooltip: {
            callbacks: {
              title: () => "",
              label: ({ datasetIndex, dataIndex }) => {
                const change = shown[datasetIndex]?.[dataIndex];
                if (!change) return "";
                const { name, shift, kl } = change;
                return `${name}: ${formatShort(shift.mean)} (${text("check.figure.kl", { kl: formatShort(kl.mean) })})`;
              },
            },
          },
        },
      },
    },
  };
}

/** The intervals of one mark, up and across. */
function whiskers({ shift, kl }: NamedChange, color: string): Decoration {
  return (context, chart) => {
    const [x, y] = [scaleOf(chart, "x"), scaleOf(chart, "y")];
    const [up, across] = [endsOf(shift), endsOf(kl)];
    context.strokeStyle = color;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x.getPixelForValue(kl.mean), y.getPixelForValue(up.low));
    context.lineTo(x.getPixelForValue(kl.mean), y.getPixelForValue(up.high));
    context.moveTo(x.getPixelForValue(Math.max(0, across.low)), y.getPixelForValue(shift.mean));
    context.lineTo(x.getPixelForValue(across.high), y.getPixelForValue(shift.mean));
    context.stroke();
  };
}

function endsOf({ mean, interval }: MeanOfPrompts): { low: number; high: number } {
  return interval ?? { low: mean, high: mean };
}
