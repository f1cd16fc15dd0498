import type { Cell, Outcome } from "./cells.ts";

/** Shares of the data sets of one cell; [of the direction that carries the target, of the swapped one]. */
export interface Summary {
  readonly name: string;
  readonly part: Cell["part"];
  readonly sets: number;
  readonly significant: readonly [number, number];
  readonly covers: readonly [number, number];
  readonly holds: readonly [number, number];
  /** Of both directions, ascending. */
  readonly p: readonly number[];
}

export function summarize({ name, part }: Cell, outcomes: readonly Outcome[]): Summary {
  const share = (what: (own: Outcome["forward"]) => boolean): [number, number] => [
    outcomes.filter(({ forward }) => what(forward)).length / outcomes.length,
    outcomes.filter(({ swapped }) => what(swapped)).length / outcomes.length,
  ];
  return {
    name,
    part,
    sets: outcomes.length,
    significant: share(({ p }) => p <= 0.05),
    covers: share(({ covers }) => covers),
    holds: share(({ holds }) => holds),
    p: outcomes.flatMap(({ forward, swapped }) => [forward.p, swapped.p]).sort((a, b) => a - b),
  };
}
