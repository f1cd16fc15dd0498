import type { ComparedPair } from "../../src/protocol/pairs.ts";
import type { PairsView } from "../../src/protocol/views/pairsView.ts";
import { fieldsOf, isText } from "./fields.ts";
import { isSource } from "./readSweepState.ts";

/**
 * What a page of label pairs kept over a window reload, if it can be shown and run again: the webview wrote it.
 * @returns undefined for anything else
 */
export function readPairsState(state: unknown): PairsView | undefined {
  const view = fieldsOf(state)?.["view"];
  return isPairsView(view) ? view : undefined;
}

function isPairsView(value: unknown): value is PairsView {
  const { source, from, column, labels, pairs } = fieldsOf(value) ?? {};
  return (
    [from, column].every((text) => isText(text)) &&
    isSource(source) &&
    Array.isArray(labels) &&
    labels.every((label) => isText(label)) &&
    Array.isArray(pairs) &&
    pairs.every(isPair)
  );
}

function isPair(value: unknown): value is ComparedPair {
  const { target, reference, found, error } = fieldsOf(value) ?? {};
  return (
    isSource(target) &&
    isSource(reference) &&
    (found === undefined || fieldsOf(found) !== undefined) &&
    (error === undefined || isText(error))
  );
}
