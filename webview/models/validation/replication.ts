import { directionNames, type DirectionName } from "../../../src/protocol/direction.ts";
import {
  formatProbability,
  formatProse,
  formatRatio,
  formatShare,
} from "../../../src/protocol/words/numbers.ts";
import {
  replicationOf,
  type PooledRatio,
  type Replication,
  type ReplicationSet,
} from "../../../src/protocol/findings/replication.ts";
import type { RunSummary, RunTransfer } from "../../../src/protocol/results.ts";
import { text } from "../../text.ts";
import { rolesOf } from "../roles.ts";
import { transferTitle } from "./transfers.ts";
import { formatInterval, type TextTable } from "./validationTables.ts";

/** What several transfers say together: a sentence for each direction, and a row for each set. */
export interface ReplicationView {
  readonly sentences: readonly string[];
  readonly table: TextTable;
}

/** @returns undefined for fewer than two transfers: there is nothing to put together */
export function replicationView(
  summary: RunSummary,
  transfers: readonly RunTransfer[],
): ReplicationView | undefined {
  if (transfers.length < 2) return undefined;
  const found = directionNames.flatMap((direction) => {
    const replication = replicationOf(transfers, direction);
    return replication === undefined ? [] : [{ direction, replication }];
  });
  if (found.length === 0) return undefined;
  return {
    sentences: found.map(({ direction, replication }) => sentence(summary, direction, replication)),
    table: {
      columns: [
        text("replication.column.set"),
        ...found.flatMap(({ direction }) => [
          text("replication.column.ratio", { ...rolesOf(summary, direction) }),
          text("validation.column.interval"),
          text("transfer.column.p"),
        ]),
        text("replication.column.counts"),
      ],
      rows: transfers.map((transfer) => {
        const sets = found.map(({ replication }) =>
          replication.sets.find((set) => set.transfer === transfer),
        );
        return [transferTitle(transfer), ...sets.flatMap(setCells), counts(sets)];
      }),
    },
  };
}

function sentence(summary: RunSummary, direction: DirectionName, found: Replication): string {
  const roles = rolesOf(summary, direction);
  const verdict = text(`verdict.${found.verdict}`);
  const { pooled } = found;
  if (pooled === undefined) return text("replication.tooFew", { ...roles, verdict });
  return text("replication.finding", {
    ...{ ...roles, verdict },
    count: pooled.sets,
    ratio: formatRatio(pooled.ratio),
    interval: formatInterval(pooled.interval, formatRatio),
    spread: spread(pooled),
  });
}

function spread({ q, freedom, p, share }: PooledRatio): string {
  const values = { q: formatProse(q), freedom, p: formatProbability(p) };
  return p > 0.05
    ? text("replication.agree", values)
    : text("replication.differ", { ...values, share: formatShare(share) });
}

function setCells(set: ReplicationSet | undefined): string[] {
  const none = text("validation.none");
  if (set === undefined) return [none, none, none];
  return [
    formatRatio(set.ratio),
    formatInterval(set.interval, formatRatio),
    set.p === undefined ? none : formatProbability(set.p),
  ];
}

/** A set is left out of both directions for the same reason, unless one of them has no interval. */
function counts(sets: readonly (ReplicationSet | undefined)[]): string {
  const reasons = sets.flatMap((set) => (set?.leftOut === undefined ? [] : [set.leftOut]));
  const [reason] = reasons;
  return text(reason === undefined ? "replication.counts" : `replication.${reason}`);
}
