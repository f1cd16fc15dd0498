import { directionNames, type DirectionName } from "../../ged/method/directions.ts";
import { formatProbability, formatShort, formatTable } from "../../protocol/words/numbers.ts";
import { sayInEnglish } from "../../protocol/strings.ts";
import { replicationOf, type Replication, type ReplicationSet } from "../../runs/replication.ts";
import type { RunDocument } from "../../runs/runDocument.ts";
import { printable } from "../../text/printable.ts";
import { rolesOf } from "../bundle/exportedRun.ts";
import type { Table } from "./table.ts";

/** Component 1 on other sets of rows and all of them together, a table for each direction; none without transfers. */
export function replicationTables(document: RunDocument): Table[] {
  return directionNames.flatMap((direction) => {
    const found = replicationOf(document.transfers ?? [], direction);
    return found === undefined ? [] : [replicationTable(document, direction, found)];
  });
}

function replicationTable(
  { summary }: RunDocument,
  direction: DirectionName,
  found: Replication,
): Table {
  const { carried, silenced } = rolesOf(direction, summary);
  const [carriedName, silencedName] = [printable(carried.name, 60), printable(silenced.name, 60)];
  const { pooled } = found;
  return {
    name: direction === "forward" ? "replication" : "replication-swapped",
    caption: `Component 1 of ${carriedName} over ${silencedName} on rows that had no part in the run, unless said otherwise. ${together(found)}`,
    columns: ["Rows", "Ratio", "95 % low", "95 % high", "p (of the set)", "Counts"],
    rows: [
      ...found.sets.map(setRow),
      ...(pooled === undefined
        ? []
        : [["Together", pooled.ratio, pooled.interval.low, pooled.interval.high, undefined, ""]]),
    ],
  };
}

function setRow({ transfer, ratio, interval, p, leftOut }: ReplicationSet) {
  const label = `${transfer.target.label} vs ${transfer.reference.label}`;
  const counts = sayInEnglish(
    leftOut === undefined ? "replication.counts" : `replication.${leftOut}`,
  );
  return [printable(label, 120), ratio, interval?.low, interval?.high, p, counts];
}

function together({ pooled, verdict }: Replication): string {
  const word = sayInEnglish(`verdict.${verdict}`);
  if (pooled === undefined) return `Verdict: ${word}, for fewer than two independent sets count.`;
  const { sets, ratio, interval, q, freedom, p, share } = pooled;
  return `Verdict: ${word}. The fixed-effect mean of the logarithmic ratios of ${sets} sets (Cochran 1954) is a ratio of ${formatTable(ratio)} (95 % interval ${formatTable(interval.low)} to ${formatTable(interval.high)}); Q = ${formatShort(q)} with ${freedom} degrees of freedom, p = ${formatProbability(p)}, I² = ${formatShort(100 * share)} %.`;
}
