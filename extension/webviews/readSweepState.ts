import type { ConditionSource } from "../../src/conditions/condition.ts";
import type { SweptLayer } from "../../src/protocol/sweep.ts";
import type { SweepView } from "../../src/protocol/views/sweepView.ts";
import { fieldsOf, isCount, isFinite, isText } from "./fields.ts";

/**
 * What a sweep panel kept over a window reload, if it can be shown and run again: the webview wrote it.
 * @returns undefined for anything else
 */
export function readSweepState(state: unknown): SweepView | undefined {
  const view = fieldsOf(state)?.["view"];
  return isSweepView(view) ? view : undefined;
}

function isSweepView(value: unknown): value is SweepView {
  const view = fieldsOf(value);
  if (view === undefined) return false;
  return (
    isText(view["target"]) &&
    isText(view["reference"]) &&
    areTexts(view["files"]) &&
    areTexts(view["places"]) &&
    isCount(view["count"]) &&
    Array.isArray(view["layers"]) &&
    view["layers"].every(isLayer)
  );
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => isText(text));
}

function isLayer(value: unknown): value is SweptLayer {
  const { layer, label, target, reference, found, error } = fieldsOf(value) ?? {};
  return (
    isFinite(layer) &&
    isText(label) &&
    isSource(target) &&
    isSource(reference) &&
    (found === undefined || fieldsOf(found) !== undefined) &&
    (error === undefined || isText(error))
  );
}

/** Whether a value names rows of a file. */
export function isSource(value: unknown): value is ConditionSource {
  const { path, tensor, name } = fieldsOf(value) ?? {};
  const optional = [tensor, name];
  return isText(path) && optional.every((text) => text === undefined || isText(text));
}
