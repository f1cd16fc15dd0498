import { sameChoice, type SolutionChoice } from "../../src/protocol/views/runView.ts";

/** One request is under way at the most; of the choices made meanwhile the youngest waits. */
export interface Resolving {
  /** The number of the last request. */
  readonly request: number;
  /** What is being solved. */
  readonly asked: SolutionChoice | undefined;
  /** The youngest choice, until it is shown or refused. */
  readonly wanted: SolutionChoice | undefined;
}

/** Earlier choices of this run, the last at the end. */
export interface ChoiceHistory {
  readonly past: readonly SolutionChoice[];
  /** Whether a slider is being dragged: all that it passes is one step. */
  readonly dragging: boolean;
}

/** What of a panel's model the choices are kept in. */
export interface ChoiceState {
  readonly resolving: Resolving;
  /** What undoing goes back to. */
  readonly history: ChoiceHistory;
}

export const noHistory: ChoiceHistory = { past: [], dragging: false };

/** Whether nothing is being chosen or solved: what is shown will stay for a while. */
export function isSettled({ resolving, history }: ChoiceState): boolean {
  return resolving.wanted === undefined && resolving.asked === undefined && !history.dragging;
}

export function answered(resolving: Resolving, choice: SolutionChoice): Resolving {
  const { request, wanted } = resolving;
  const met = wanted && sameChoice(wanted, choice);
  return { request, asked: undefined, wanted: met ? undefined : wanted };
}

/**
 * A choice that cannot be solved is given up, unless a younger one has taken its place.
 * @param shown the choice that stays
 */
export function refused(
  resolving: Resolving,
  request: number,
  shown: SolutionChoice | undefined,
): Resolving {
  const { asked } = resolving;
  if (request !== resolving.request || !asked) return resolving;
  const still = answered(resolving, asked);
  return shown ? answered(still, shown) : still;
}
