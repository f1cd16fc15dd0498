import type { FileToHost } from "../../src/protocol/views/fileView.ts";
import type { ComparisonToHost } from "../../src/protocol/views/comparisonView.ts";
import { inspectorCommands, type InspectorToHost } from "../../src/protocol/inspector.ts";
import type { SeriesToHost } from "../../src/protocol/views/seriesView.ts";
import { fieldsOf, isCount, isOneOf, isText, readCopy, readFault } from "./fields.ts";

/** A tensor's name is as long as its file makes it. */
const longestName = 2 ** 24;

/** A file editor's message, field by field; undefined for anything that is none. */
export function readFileMessage(message: unknown): FileToHost | undefined {
  const fields = fieldsOf(message);
  if (fields === undefined) return undefined;
  const { kind, role, tensor } = fields;
  switch (kind) {
    case "ready":
    case "run":
    case "cancel":
      return { kind };
    case "choose":
    case "axes":
      return isText(tensor, longestName) ? { kind, tensor } : undefined;
    case "mark":
      return isOneOf(["target", "reference"], role) && isText(tensor, longestName)
        ? { kind, role, tensor }
        : undefined;
    case "copy":
      return readCopy(fields);
    case "fault":
      return readFault(fields);
    default:
      return undefined;
  }
}

/** The inspector's message, field by field; undefined for anything that is none. */
export function readInspectorMessage(message: unknown): InspectorToHost | undefined {
  const fields = fieldsOf(message);
  if (fields === undefined) return undefined;
  const { kind, command } = fields;
  switch (kind) {
    case "ready":
      return { kind };
    case "command":
      return isOneOf(inspectorCommands, command) ? { kind, command } : undefined;
    case "fault":
      return readFault(fields);
    default:
      return undefined;
  }
}

/** A message of a series of runs, field by field; undefined for anything that is none. */
export function readSeriesMessage(message: unknown): SeriesToHost | undefined {
  const fields = fieldsOf(message);
  if (fields === undefined) return undefined;
  const { kind, place } = fields;
  switch (kind) {
    case "ready":
    case "cancel":
    case "rerun":
      return { kind };
    case "open":
      return isCount(place) ? { kind, place } : undefined;
    case "copy":
      return readCopy(fields);
    case "fault":
      return readFault(fields);
    default:
      return undefined;
  }
}

/** A comparison panel's message, field by field; undefined for anything that is none. */
export function readComparisonMessage(message: unknown): ComparisonToHost | undefined {
  const fields = fieldsOf(message);
  if (fields === undefined) return undefined;
  const { kind, place } = fields;
  switch (kind) {
    case "ready":
      return { kind };
    case "open":
      return isCount(place) ? { kind, place } : undefined;
    case "fault":
      return readFault(fields);
    default:
      return undefined;
  }
}

/** The runs that a comparison panel showed before a window reload; undefined if it does not say which. */
export function readComparisonState(state: unknown): readonly string[] | undefined {
  const runIds: unknown = fieldsOf(state)?.["runIds"];
  return Array.isArray(runIds) && runIds.every((runId) => isText(runId)) ? runIds : undefined;
}
