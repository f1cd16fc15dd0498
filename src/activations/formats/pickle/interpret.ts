import { EigenlensError } from "../../../errors.ts";
import { shapeText } from "../../shape.ts";
import { textVector, unreadableTensor, type StoredTensor } from "../../storedTensor.ts";
import type { PickleBudget } from "./budget.ts";
import { labelsOf } from "./labels.ts";
import { numpyArray } from "./numpyArray.ts";
import { scalarOf } from "./numpyDtype.ts";
import { arrayTensor, type Rebuilt } from "./pickledArray.ts";
import { refusal, isHarmless, isMapping, isSequence } from "./callees.ts";
import { listPart, rowOfArray, scalarPart, stackedRows, stackTensor, type Part } from "./stack.ts";
import { torchTensor, type TorchObjects } from "./torchTensor.ts";
import {
  itemsOf,
  PickleCall,
  PickleMapping,
  PickleSequence,
  scalarText,
  type PickleValue,
} from "./values.ts";

/** Deeper or larger trees are not saved activations but attempts to keep a reader busy. */
const deepest = 64;
const mostNodes = 500_000;
/** What one listed tensor takes in memory, with all that reads it. */
const tensorBytes = 768;
const labelBytes = 32;
const rowBytes = 160;

/**
 * Lists the tensors and numpy arrays of a pickled value under the path that leads to them (`layers.0.him`); lists of
 * texts or whole numbers as label vectors; lists and dictionaries of one vector per row as matrices.
 * @param fileBytes the length of the file that holds the pickle
 * @param name of the value itself
 * @throws EigenlensError "file-format" if the pickle would call anything else (it is named, and not called), or makes
 *   more than its file warrants
 */
export function tensorsOf(
  path: string,
  objects: TorchObjects,
  fileBytes: number,
  budget: PickleBudget,
  name = "",
): StoredTensor[] {
  const interpreter = new Interpreter(path, fileBytes, budget);
  interpreter.visit(objects.root, name, objects);
  return interpreter.tensors;
}

/** What a list or the values of a dictionary are, whoever refers to them. */
type Meaning =
  | { readonly kind: "labels"; readonly labels: readonly string[] }
  | { readonly kind: "parts"; readonly parts: readonly Part[] };

class Interpreter {
  readonly tensors: StoredTensor[] = [];
  readonly #path: string;
  readonly #fileBytes: number;
  readonly #budget: PickleBudget;
  readonly #ancestors = new Set<PickleValue>();
  /** What holds no tensor at all need not be searched again. */
  readonly #barren = new Set<PickleValue>();
  // One object may be referred to any number of times: it is understood once.
  readonly #rebuilt = new Map<PickleCall, Rebuilt | null>();
  readonly #meanings = new Map<readonly PickleValue[], Meaning>();
  readonly #parts = new Map<PickleValue, Part>();
  #nodes = 0;

  constructor(path: string, fileBytes: number, budget: PickleBudget) {
    this.#path = path;
    this.#fileBytes = fileBytes;
    this.#budget = budget;
  }

  #excess(): EigenlensError {
    return new EigenlensError(
      "file-format",
      `${this.#path}: its pickle nests too deeply or refers to itself too often: save a plain dictionary of tensors.`,
    );
  }

  visit(value: PickleValue, name: string, objects: TorchObjects): void {
    if (typeof value !== "object" || value === null || value instanceof Uint8Array) return;
    if (this.#ancestors.has(value) || this.#barren.has(value)) return;
    if (++this.#nodes > mostNodes || this.#ancestors.size > deepest) throw this.#excess();
    const before = this.tensors.length;
    this.#ancestors.add(value);
    if (value instanceof PickleSequence) this.#visitItems(value.items, name, objects);
    else if (value instanceof PickleMapping) this.#visitEntries(value, name, objects);
    else if (value instanceof PickleCall) this.#visitCall(value, name, objects);
    this.#ancestors.delete(value);
    if (this.tensors.length === before) this.#barren.add(value);
  }

  #list(tensor: StoredTensor): void {
    this.#budget.charge(tensorBytes + 2 * tensor.info.name.length);
    this.tensors.push(tensor);
  }

  #visitItems(items: readonly PickleValue[], name: string, objects: TorchObjects, mixed = false) {
    const meaning = this.#meaningOf(items, objects, mixed, mixed ? 1 : 2);
    if (meaning.kind === "labels") {
      this.#list(textVector(name, meaning.labels));
      return;
    }
    const nameOf = (position: number) => `item ${position}`;
    if (this.#stack(meaning.parts, name, nameOf, false)) {
      this.#check(items, objects);
      return;
    }
    items.forEach((item, index) => this.visit(item, joined(name, String(index)), objects));
  }

  #visitEntries(mapping: PickleMapping, name: string, objects: TorchObjects): void {
    const { entries } = mapping;
    for (const [key] of entries) this.visit(key, name, objects);
    const parts = entries.map(([, value]) => this.#partOf(value, objects));
    const nameOf = (position: number) => `"${this.#keyText(entries[position]?.[0])}"`;
    if (this.#stack(parts, name, nameOf, true)) {
      const keys = entries.map(([key]) => key);
      this.#budget.charge(labelBytes * keys.length);
      if (keys.every((key) => typeof key === "string")) {
        this.#list(textVector(joined(name, "sentences"), keys));
      }
      this.#check(
        entries.map(([, value]) => value),
        objects,
      );
      return;
    }
    for (const [key, value] of entries) {
      if (typeof value !== "object" || value === null) continue;
      this.visit(value, joined(name, this.#keyText(key)), objects);
    }
  }

  /** Values that are not listed must not call anything either. */
  #check(items: readonly PickleValue[], objects: TorchObjects): void {
    const listed = this.tensors.length;
    for (const item of items) {
      if (typeof item !== "object" || item === null) continue;
      if (this.#parts.get(item)?.kind === "whole") this.visit(item, "", objects);
    }
    this.tensors.length = listed;
  }

  /** Lists the parts as one matrix, or as one that cannot be read; false if they are no rows. */
  #stack(parts: readonly Part[], name: string, nameOf: (at: number) => string, isKeyed: boolean) {
    const stacked = stackedRows(parts, nameOf, isKeyed);
    if (stacked === undefined) return false;
    if ("rows" in stacked) {
      this.#budget.charge(8 * stacked.rows.length);
      this.#list(stackTensor(name, stacked.rows, this.#fileBytes));
    } else {
      this.#list(unreadableTensor(name, stacked.shape, stacked.refusal));
    }
    return true;
  }

  #visitCall(call: PickleCall, name: string, objects: TorchObjects): void {
    const callee = call.name;
    if (callee === undefined) throw refusal(this.#path, "a computed value");
    const nested = objects.nested.get(call);
    if (nested !== undefined) {
      this.visit(nested.root, name, nested);
      return;
    }
    const rebuilt = this.#rebuild(call, name, objects);
    if (rebuilt !== undefined) {
      this.#listRebuilt(rebuilt, name, objects);
    } else if (isMapping(callee)) {
      for (const parameter of call.parameters) this.#visitPairs(parameter, name, objects);
      this.#visitEntries(call.contents, name, objects);
    } else if (isSequence(callee)) {
      this.#visitItems(sequenceItems(call), name, objects);
    } else if (isHarmless(callee)) {
      // Nothing of interest, but what is handed to it may still be a call that must be named.
      for (const parameter of call.parameters) this.visit(parameter, name, objects);
    } else {
      throw refusal(this.#path, callee);
    }
    const { state } = call;
    if (rebuilt !== undefined || state === undefined || isHarmless(callee)) return;
    this.visit(state, name, objects);
  }

  #listRebuilt(rebuilt: Rebuilt, name: string, objects: TorchObjects): void {
    switch (rebuilt.kind) {
      case "array":
        this.#list(arrayTensor(name, rebuilt.array));
        return;
      case "texts": {
        const { shape, readTexts } = rebuilt;
        const info = { name, shape, elementType: "text", byteOrder: "little", order: "row-major" };
        this.#list({ info: { ...info } as StoredTensor["info"], readLabels: readTexts });
        return;
      }
      case "items":
        this.#visitItems(rebuilt.items, name, objects, true);
        return;
      case "unreadable":
        this.#list(unreadableTensor(name, rebuilt.shape, rebuilt.reason));
        return;
      default:
        rebuilt satisfies never;
    }
  }

  /** An OrderedDict of protocol 0 and 1 is called with a list of pairs. */
  #visitPairs(parameter: PickleValue, name: string, objects: TorchObjects): void {
    if (parameter instanceof PickleMapping) this.#visitEntries(parameter, name, objects);
    if (!(parameter instanceof PickleSequence)) return;
    const mapping = new PickleMapping();
    this.#budget.charge(labelBytes * parameter.items.length);
    for (const pair of parameter.items) {
      const [key, value] = itemsOf(pair);
      if (key !== undefined && value !== undefined) mapping.entries.push([key, value]);
    }
    this.#visitEntries(mapping, name, objects);
  }

  #rebuild(call: PickleCall, name: string, objects: TorchObjects): Rebuilt | undefined {
    let rebuilt = this.#rebuilt.get(call);
    if (rebuilt === undefined) {
      rebuilt =
        torchTensor(this.#path, name, call, objects) ?? numpyArray(this.#path, name, call) ?? null;
      this.#budget.charge(rowBytes);
      this.#rebuilt.set(call, rebuilt);
    }
    return rebuilt ?? undefined;
  }

  #meaningOf(items: readonly PickleValue[], objects: TorchObjects, mixed: boolean, least: number) {
    let meaning = this.#meanings.get(items);
    if (meaning === undefined) {
      const labels = items.length < least ? undefined : labelsOf(items, mixed);
      meaning =
        labels === undefined
          ? { kind: "parts", parts: items.map((item) => this.#partOf(item, objects)) }
          : { kind: "labels", labels };
      this.#budget.charge(labelBytes * items.length);
      this.#meanings.set(items, meaning);
    }
    return meaning;
  }

  #partOf(value: PickleValue, objects: TorchObjects): Part {
    if (typeof value !== "object" || value === null) return scalarPart(value);
    const known = this.#parts.get(value);
    if (known !== undefined) return known;
    const part = this.#newPart(value, objects);
    this.#budget.charge(rowBytes);
    this.#parts.set(value, part);
    return part;
  }

  #newPart(value: object & PickleValue, objects: TorchObjects): Part {
    if (value instanceof PickleSequence) return listPart(value.items);
    if (!(value instanceof PickleCall)) return { kind: "whole", what: "no vector" };
    const nested = objects.nested.get(value);
    if (nested !== undefined) return this.#partOf(nested.root, nested);
    if (scalarOf(value) !== undefined) return { kind: "scalar", what: "a single number" };
    if (isSequence(value.name ?? "")) return listPart(sequenceItems(value));
    const rebuilt = this.#rebuild(value, "", objects);
    if (rebuilt?.kind === "items") return listPart(rebuilt.items);
    if (rebuilt?.kind === "array") {
      const row = rowOfArray(rebuilt.array);
      if (row !== undefined) return { kind: "row", row };
    }
    const shape = rebuilt?.kind === "array" ? rebuilt.array.shape : undefined;
    return { kind: "whole", what: shape === undefined ? "no vector" : shapeText(shape) };
  }

  /** A key as part of a name; the parts of a tuple are joined. */
  #keyText(key: PickleValue | undefined): string {
    const items = itemsOf(key);
    const text = items.length > 0 ? items.slice(0, 8).map(scalarText).join(".") : scalarText(key);
    this.#budget.charge(text.length);
    return text;
  }
}

/** The items of a call that makes a list: those appended to it, or else those it is given. */
function sequenceItems({ appended, parameters }: PickleCall): readonly PickleValue[] {
  return appended.length > 0 ? appended : itemsOf(parameters[0]);
}

function joined(name: string, part: string): string {
  return name === "" ? part : `${name}.${part}`;
}
