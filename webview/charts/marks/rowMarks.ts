import { shareOfRange, type NeuronColours } from "../../models/neurons/neuronColours.ts";
import type { ConditionName } from "../../models/rows.ts";
import { mixed, withAlpha, type ChartTheme } from "../theme.ts";

/** The palest mark is still seen on the page. */
const palest = 0.2;
/** In pixels. */
const radii = { smallest: 2.5, largest: 5.5 };
/** A triangle looks smaller than a circle of its radius. */
const triangle = 0.5;

/**
 * How the rows of one condition are marked, as Chart.js wants it: a circle or a triangle each, in the condition's
 * colour, or from pale and small to strong and large by a neuron's activations: the size says it without colours.
 */
export function rowMarks(
  condition: ConditionName,
  theme: ChartTheme,
  colours: NeuronColours | undefined,
): object {
  const isTarget = condition === "target";
  const extra = isTarget ? 0 : triangle;
  const shape = { pointStyle: isTarget ? "circle" : "triangle" };
  if (!colours) {
    return {
      ...shape,
      radius: 3 + extra,
      hoverRadius: 5,
      backgroundColor: withAlpha(theme[condition], 0.75),
      borderWidth: 0,
    };
  }
  const shares = Array.from(colours.values[condition], (value) => shareOfRange(colours, value));
  const radius = shares.map(
    (share) => radii.smallest + extra + share * (radii.largest - radii.smallest),
  );
  return {
    ...shape,
    radius,
    hoverRadius: radius.map((each) => each + 1),
    backgroundColor: shares.map((share) =>
      mixed(theme.background, theme.sequential, palest + share * (1 - palest)),
    ),
    // So that the palest has an edge, and neighbours have one between them.
    borderColor: theme.highContrast ? theme.foreground : withAlpha(theme.foreground, 0.6),
    borderWidth: theme.highContrast ? 1 : 0.75,
  };
}
