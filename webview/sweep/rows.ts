import { directionNames, rolesAmong } from "../../src/protocol/direction.ts";
import type { SweptDirection } from "../../src/protocol/sweep.ts";
import type { SweepView } from "../../src/protocol/views/sweepView.ts";
import { formatProbability, formatShare, formatTable } from "../../src/protocol/words/numbers.ts";
import type { Cell } from "../components/dataTable.ts";
import { engineText, text } from "../text.ts";

/** The heads of the figure's table, as many as {@link rowsOf} fills. */
export function columnsOf(view: SweepView): string[] {
  return [
    text("sweep.column.layer"),
    text("sweep.column.place"),
    ...directionNames.flatMap((direction) => [
      text("sweep.column.heldOut", rolesAmong(view, direction)),
      text("sweep.column.interval"),
      text("sweep.column.correctedP"),
      text("sweep.column.p"),
      text("sweep.column.inSample"),
    ]),
    text("sweep.column.components"),
    text("sweep.column.varianceKept"),
    text("sweep.column.rank", { condition: view.target }),
    text("sweep.column.rank", { condition: view.reference }),
  ];
}

/** One row per layer; the place of a layer that gave nothing says why. */
export function rowsOf(view: SweepView): Cell[][] {
  return view.layers.map(({ layer, label, found, error }) => {
    if (!found) return [layer, error === undefined ? label : engineText(error)];
    const { forward, swapped, rank } = found;
    return [
      layer,
      label,
      ...directionCells(forward),
      ...directionCells(swapped),
      found.components,
      formatShare(found.varianceKept),
      rank.target,
      rank.reference,
    ];
  });
}

function directionCells(direction: SweptDirection): Cell[] {
  const { heldOutRatio, heldOutRatioInterval: interval, p, correctedP, inSampleRatio } = direction;
  return [
    heldOutRatio ?? "",
    interval ? `${formatTable(interval.low)} – ${formatTable(interval.high)}` : "",
    correctedP === undefined ? "" : formatProbability(correctedP),
    p === undefined ? "" : formatProbability(p),
    inSampleRatio,
  ];
}
