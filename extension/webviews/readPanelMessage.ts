import type { ValidationOptions } from "../../src/ged/validation/options.ts";
import {
  exportFormats,
  mostComponents,
  panelCommands,
  type ComponentPlace,
  type PanelToHost,
} from "../../src/protocol/panel.ts";
import { directionNames } from "../../src/protocol/direction.ts";
import type { SolutionChoice } from "../../src/protocol/views/runView.ts";
import type { Fields } from "./fields.ts";
import { fieldsOf, isCount, isFinite, isOneOf, isText, readCopy, readFault } from "./fields.ts";
import { readSelection } from "./readSelection.ts";

/**
 * A result panel's message, field by field: a page that was taken over, or is of another version, can ask for
 * nothing else. @returns undefined for anything that is not exactly one of {@link PanelToHost}
 */
export function readPanelMessage(message: unknown): PanelToHost | undefined {
  const fields = fieldsOf(message);
  if (fields === undefined) return undefined;
  const { kind } = fields;
  switch (kind) {
    case "ready":
    case "cancel":
    case "transfer":
    case "cancelTransfer":
    case "cancelLens":
    case "steering":
    case "meanProjections":
    case "rerun":
    case "remedy":
      return { kind };
    case "component": {
      const solution = readChoice(fields["solution"]);
      const place = readPlace(fields);
      return solution && place && { kind, solution, ...place };
    }
    case "resolve": {
      const { request } = fields;
      const solution = readChoice(fields["solution"]);
      const components = readPlaces(fields["components"]);
      if (!isCount(request) || !solution || !components) return undefined;
      return { kind, request, solution, components };
    }
    case "select": {
      const selection = readSelection(fields["selection"]);
      return selection && { kind, selection };
    }
    case "lens":
      return readLens(fields);
    case "neuronValues":
      return isCount(fields["neuron"]) ? { kind, neuron: fields["neuron"] } : undefined;
    case "validate": {
      const solution = readChoice(fields["solution"]);
      const options = readValidation(fieldsOf(fields["options"]));
      return solution && options && { kind, solution, options };
    }
    case "removeTransfer":
      return isText(fields["created"]) ? { kind, created: fields["created"] } : undefined;
    case "export":
      return readExport(fields);
    case "copy":
      return readCopy(fields);
    case "command":
      return isOneOf(panelCommands, fields["command"])
        ? { kind, command: fields["command"] }
        : undefined;
    case "fault":
      return readFault(fields);
    default:
      return undefined;
  }
}

/** Numbers only: what they may be, the engine judges. */
function readChoice(value: unknown): SolutionChoice | undefined {
  const { shrinkage, variance } = fieldsOf(value) ?? {};
  return isFinite(shrinkage) && isFinite(variance) ? { shrinkage, variance } : undefined;
}

function readPlace(value: unknown): ComponentPlace | undefined {
  const { direction, index } = fieldsOf(value) ?? {};
  return isOneOf(directionNames, direction) && isCount(index) ? { direction, index } : undefined;
}

/** More than anybody types. */
const longestTokens = 1000;

function readLens(fields: Fields): PanelToHost | undefined {
  const { tokens, chooseFiles } = fields;
  const solution = readChoice(fields["solution"]);
  const place = readPlace(fields);
  if (!solution || !place || typeof chooseFiles !== "boolean") return undefined;
  return isText(tokens, longestTokens)
    ? { kind: "lens", solution, ...place, tokens, chooseFiles }
    : undefined;
}

function readPlaces(value: unknown): ComponentPlace[] | undefined {
  if (!Array.isArray(value) || value.length > mostComponents) return undefined;
  const places = value.map(readPlace).filter((place) => place !== undefined);
  return places.length === value.length ? places : undefined;
}

function readExport(fields: Fields): PanelToHost | undefined {
  const { format, direction, component, png } = fields;
  if (!isOneOf(exportFormats, format) || !isOneOf(directionNames, direction)) return undefined;
  const solution = readChoice(fields["solution"]);
  if (!isCount(component) || !solution) return undefined;
  const request = { kind: "export" as const, format, solution, direction, component };
  if (png === undefined) return request;
  return png instanceof Uint8Array && isPng(png) ? { ...request, png } : undefined;
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Source: PNG specification (third edition), section 5.2. */
function isPng(bytes: Uint8Array): boolean {
  return pngSignature.every((byte, place) => bytes[place] === byte);
}

/** Numbers and switches only: what they may be, the engine judges. */
function readValidation(fields: Fields | undefined): ValidationOptions | undefined {
  if (fields === undefined) return undefined;
  const { folds, repeats, permutations, seed, extended } = fields;
  const trainRows = readRows(fields["trainRows"]);
  const testRows = readRows(fields["testRows"]);
  const structure = readStructure(fields["structure"]);
  const tuning = readTuning(fields["tuning"]);
  const secondShrinkage = fields["secondShrinkage"];
  if (!isFinite(folds) || !isFinite(repeats) || !isFinite(permutations) || !isFinite(seed)) {
    return undefined;
  }
  if (typeof extended !== "boolean" || trainRows === "wrong" || testRows === "wrong") {
    return undefined;
  }
  if (structure === "wrong" || tuning === "wrong") return undefined;
  if (secondShrinkage !== undefined && !isFinite(secondShrinkage)) return undefined;
  return {
    ...{ folds, repeats, permutations, seed, extended },
    ...(structure === undefined ? {} : { structure }),
    ...(tuning === undefined ? {} : { tuning }),
    ...(secondShrinkage === undefined ? {} : { secondShrinkage }),
    ...(trainRows === undefined ? {} : { trainRows }),
    ...(testRows === undefined ? {} : { testRows }),
  };
}

function readRows(value: unknown): { start: number; stop: number } | "wrong" | undefined {
  if (value === undefined) return undefined;
  const { start, stop } = fieldsOf(value) ?? {};
  return isFinite(start) && isFinite(stop) ? { start, stop } : "wrong";
}

function readTuning(value: unknown): ValidationOptions["tuning"] | "wrong" {
  if (value === undefined) return undefined;
  const { mostShare } = fieldsOf(value) ?? {};
  return isFinite(mostShare) ? { mostShare } : "wrong";
}

function readStructure(value: unknown): ValidationOptions["structure"] | "wrong" {
  if (value === undefined) return undefined;
  const { repeats, templates, pairs } = fieldsOf(value) ?? {};
  return typeof repeats === "boolean" &&
    typeof templates === "boolean" &&
    typeof pairs === "boolean"
    ? { repeats, templates, pairs }
    : "wrong";
}
