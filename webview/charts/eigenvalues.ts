import type { DirectionName } from "../../src/protocol/direction.ts";
import { formatLabel } from "../../src/protocol/words/numbers.ts";
import type { Roles } from "../models/roles.ts";
import type { SplitSpectrum } from "../models/spectrum.ts";
import { text } from "../text.ts";
import { spectrumAxes } from "./axes.ts";
import { cornerText, ring, verticalLine } from "./marks/decorations.ts";
import type { ChartTheme } from "./theme.ts";
import type { Decoration, Drawing } from "./themedChart.ts";

/** The generalized eigenvalues of one direction and the component chosen of it. */
export interface DirectionSpectrum {
  readonly direction: DirectionName;
  readonly roles: Roles;
  readonly spectrum: SplitSpectrum;
  /** From 0. */
  readonly chosen: number;
}

/** Generalized eigenvalues of both directions over the component's number. */
export function drawEigenvalues(
  directions: readonly DirectionSpectrum[],
  front: DirectionName,
  scale: "log" | "linear",
  theme: ChartTheme,
): Drawing {
  const all = directions.flatMap(({ spectrum }) => [...spectrum.positive]);
  const count = Math.max(
    1,
    ...directions.map(({ spectrum }) => spectrum.positive.length + spectrum.zeros),
  );
  const frontPlace = directions.find(({ direction }) => direction === front)?.chosen ?? 0;
  return {
    under: [verticalLine(frontPlace + 1, { theme, color: theme.grid })],
    over: [
      ...directions.map(({ chosen }, dataset) => ring(dataset, chosen, theme)),
      ...zeroTexts(directions, theme),
    ],
    chart: {
      type: "scatter",
      data: {
        datasets: directions.map(({ direction, spectrum }) => ({
          data: spectrum.positive.map((y, i) => ({ x: i + 1, y })),
          pointStyle: direction === "forward" ? ("circle" as const) : ("triangle" as const),
          radius: direction === "forward" ? 3 : 3.5,
          hoverRadius: 5,
          hitRadius: 4,
          backgroundColor: theme[colorOf(direction)],
          borderColor: theme[colorOf(direction)],
          borderWidth: 0,
        })),
      },
      options: {
        interaction: { mode: "nearest", axis: "xy", intersect: false },
        scales: {
          ...spectrumAxes({ theme, scale, count, values: all }),
        },
        plugins: {
          tooltip: {
            callbacks: {
              label: ({ datasetIndex, dataIndex }) => {
                const shown = directions[datasetIndex];
                if (!shown) return "";
                return [
                  text("spectrum.column.direction", { ...shown.roles }),
                  `${text("spectrum.column.component")} ${String(dataIndex + 1)}`,
                  `${text("spectrum.column.eigenvalue")} ${formatLabel(shown.spectrum.positive[dataIndex] ?? NaN)}`,
                ];
              },
            },
          },
        },
      },
    },
  };
}

/** The theme's colour of the condition that a direction carries. */
export function colorOf(direction: DirectionName): "target" | "reference" {
  return direction === "forward" ? "target" : "reference";
}

/** "0 (22) in both", or one text a direction where they differ. */
function zeroTexts(directions: readonly DirectionSpectrum[], theme: ChartTheme): Decoration[] {
  const counts = directions.map(({ spectrum }) => spectrum.zeros);
  const [first = 0] = counts;
  if (counts.every((count) => count === first)) {
    if (first === 0) return [];
    return [cornerText(text("spectrum.zeros.both", { count: first }), theme.muted, theme)];
  }
  return directions
    .filter(({ spectrum }) => spectrum.zeros > 0)
    .map(({ roles, spectrum }, row) =>
      cornerText(
        `S = ${roles.carried}: ${text("spectrum.zeros", { count: spectrum.zeros })}`,
        theme.muted,
        theme,
        row,
      ),
    );
}
