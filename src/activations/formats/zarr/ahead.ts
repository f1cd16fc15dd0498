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
  let ahead: { readonly start: number; readonly panel: Promise<Panel | undefined> } | undefined;
  return async (start, stop) => {
    const isInOrder = start === lastStop;
    lastStop = stop;
    const begun = ahead?.start === start ? ahead.panel : undefined;
    ahead = undefined;
    const asked = begun ?? read(start, stop);
    if (isInOrder && stop < rows) {
      const panel = read(stop, Math.min(rows, stop + panelRows)).catch(() => undefined);
      ahead = { start: stop, panel };
    }
    // What failed when nobody had asked for it is read again.
    return (await asked) ?? read(start, stop);
  };
}
