import { Ahead } from "../../threads/ahead.ts";

/** Larger panels are not read further ahead than the next one. */
export const mostAheadBytes = 2 ** 25;

/**
 * Reads one panel further than is asked for, where panels are asked for in order: then there is always one to unpack,
 * also while the caller is busy with the panel before.
 * @param read reads panels, which begin at multiples of `panelRows`
 * @param rows of the whole array
 */
export function readingAhead<Panel>(
  read: (start: number, stop: number) => Promise<Panel>,
  rows: number,
  panelRows: number,
): (start: number, stop: number) => Promise<Panel> {
  let lastStop = -1;
  const ahead = new Ahead<Panel>();
  return async (start, stop) => {
    const isInOrder = start === lastStop;
    lastStop = stop;
    const asked = ahead.isAt(start) ? ahead.take(start) : read(start, stop);
    if (isInOrder && stop < rows) {
      ahead.begin(stop, () => read(stop, Math.min(rows, stop + panelRows)));
    }
    return (await asked) ?? read(start, stop);
  };
}
