import type { RunContext } from "../method/context.ts";

/**
 * Reports reading as a share of all rows, with the time left at the pace so far, and notices a cancel.
 * @param totalRows of all conditions together
 * @returns to be called after each block with its condition's name and number of rows
 * @throws CancelledError (the returned function)
 */
export function startRowProgress(
  totalRows: number,
  context: Pick<RunContext, "cancellation" | "report">,
): (name: string, rows: number) => void {
  const started = performance.now();
  let done = 0;
  return (name, rows) => {
    context.cancellation.throwIfRequested();
    done += rows;
    const seconds = (performance.now() - started) / 1000;
    context.report({
      step: `Reading ${name}`,
      fraction: done / totalRows,
      secondsLeft: (seconds / done) * (totalRows - done),
    });
  };
}
