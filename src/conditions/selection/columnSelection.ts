import { EigenlensError } from "../../errors.ts";
import type { ColumnSelection } from "../condition.ts";

/**
 * Reads the value of `[columns=...]`: `all`, or `START:STOP` with either end left out.
 * @throws EigenlensError "usage" if it is neither
 */
export function parseColumns(value: string): ColumnSelection {
  if (value === "all") return { kind: "all" };
  const match = /^(\d*):(\d*)$/.exec(value);
  const start = Number(match?.[1]);
  const stop = match?.[2] === "" ? Number.MAX_SAFE_INTEGER : Number(match?.[2]);
  if (match !== null && start < stop) return { kind: "range", start, stop };
  throw new EigenlensError(
    "usage",
    `[columns=${value}] cannot be read: write [columns=all], [columns=START:STOP] (counted from 0, STOP not included), or [columns~/pattern/] for names.`,
  );
}

/** The selection as `parseSource` reads it back. */
export function describeColumns(selection: ColumnSelection): string {
  switch (selection.kind) {
    case "all":
      return "columns=all";
    case "range": {
      const { start, stop } = selection;
      return `columns=${start}:${stop === Number.MAX_SAFE_INTEGER ? "" : stop}`;
    }
    case "pattern": {
      const { pattern } = selection;
      return `columns~${/^\/.*\/[a-z]+$/s.test(pattern) ? pattern : `/${pattern}/`}`;
    }
    default:
      return selection satisfies never;
  }
}
