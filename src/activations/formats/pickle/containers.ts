import type { PickleBudget } from "./budget.ts";
import { memory } from "./objectSizes.ts";
import { PickleCall, PickleMapping, PickleSequence, type PickleValue } from "./values.ts";

/** Thrown if the bytes are no pickle that this reader knows; the message goes into the user's line. */
export class PickleFault extends Error {}

/** @throws PickleFault if the target takes no items; EigenlensError once they are more than the file warrants */
export function appendTo(
  target: PickleValue,
  items: readonly PickleValue[],
  budget: PickleBudget,
): void {
  const into =
    target instanceof PickleSequence
      ? target.items
      : target instanceof PickleCall
        ? target.takesItems()
        : undefined;
  if (into === undefined) throw new PickleFault("items are appended to what is no list");
  budget.charge(memory.slot * items.length);
  for (const item of items) into.push(item);
}

/**
 * @param items keys and values in turn
 * @throws as {@link appendTo}
 */
export function setItems(
  target: PickleValue,
  items: readonly PickleValue[],
  budget: PickleBudget,
): void {
  const mapping = target instanceof PickleCall ? target.takesEntries() : target;
  if (!(mapping instanceof PickleMapping) || items.length % 2 !== 0) {
    throw new PickleFault("items are set in what is no dictionary");
  }
  budget.charge((memory.entry * items.length) / 2);
  for (let i = 0; i < items.length; i += 2) {
    mapping.entries.push([items[i] ?? null, items[i + 1] ?? null]);
  }
}

/** What a call is handed: the items of a tuple, or a single value. */
export function parametersOf(value: PickleValue): readonly PickleValue[] {
  return value instanceof PickleSequence ? value.items : [value];
}
