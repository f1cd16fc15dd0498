import type { DirectionName } from "../../src/protocol/direction.ts";
import type { SweptDirection, SweptLayer } from "../../src/protocol/sweep.ts";
import type { SweepView } from "../../src/protocol/views/sweepView.ts";
import { formatProbability, formatProse, formatRatio } from "../../src/protocol/words/numbers.ts";
import { text } from "../text.ts";

/** What is read of a layer in one direction; the figure's own table has all of it, in full. */
export function shownColumns(): string[] {
  return [
    text("sweep.column.layer"),
    text("validation.column.heldOut"),
    text("sweep.column.interval"),
    text("sweep.column.correctedP"),
    text("sweep.column.p"),
    text("sweep.column.inSample"),
  ];
}

/** Those of {@link shownColumns} that no conclusion rests on. */
export const paleColumns: readonly number[] = [4, 5];

/** One row per layer; a layer that gave nothing has its name alone. */
export function shownRows(view: SweepView, direction: DirectionName): string[][] {
  return view.layers.map((layer) => {
    const name = nameOf(view, layer);
    return layer.found === undefined ? [name] : [name, ...cellsOf(layer.found[direction])];
  });
}

/** Its number, and its place if a layer has several. */
function nameOf({ places }: SweepView, { layer, label }: SweptLayer): string {
  return places.length > 1 ? `${layer} (${label})` : String(layer);
}

function cellsOf(direction: SweptDirection): string[] {
  const { heldOutRatio, heldOutRatioInterval: interval, p, correctedP, inSampleRatio } = direction;
  return [
    heldOutRatio === null ? "" : formatRatio(heldOutRatio),
    interval === undefined
      ? ""
      : text("validation.interval", {
          low: formatProse(interval.low),
          high: formatProse(interval.high),
        }),
    correctedP === undefined ? "" : formatProbability(correctedP),
    p === undefined ? "" : formatProbability(p),
    formatRatio(inSampleRatio),
  ];
}
