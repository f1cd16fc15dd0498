import { EigenlensError } from "../../../errors.ts";
import type { StoredTensor } from "../../storedTensor.ts";
import { textVector } from "../../storedTensor.ts";
import { numpyArray } from "./numpyArray.ts";
import { torchTensor, type StorageFinder } from "./torchTensor.ts";
import {
  PickleCall,
  PickleGlobal,
  PickleMapping,
  PickleSequence,
  type PickleValue,
} from "./values.ts";

/** Deeper or larger trees are not saved activations but attempts to keep a reader busy. */
const deepest = 64;
const mostNodes = 500_000;

/** Calls whose results hold no tensors of interest; they are passed over. */
const harmless =
  /^(torch\.(Size|device|dtype|layout|strided|serialization\._get_layout|storage\.\w+)|numpy\.(dtype|bool_?|u?int\d+|float\d+|str_)|numpy\.(_core|core)\.multiarray\.scalar|_codecs\.encode|(__builtin__|builtins)\.(set|frozenset|slice|range|complex|bytearray|int|float|str|bool|bytes)|datetime\.\w+|pathlib\.\w+|argparse\.Namespace)$/;

const mappings =
  /^(collections\.(OrderedDict|defaultdict|Counter)|builtins\.dict|__builtin__\.dict)$/;
const sequences =
  /^(builtins|__builtin__)\.(list|tuple)$|^collections\.deque$|^torch\.nn\.modules\.container\.ParameterList$/;

/**
 * Lists the tensors and numpy arrays of a pickled value under the path that leads to them
 * (`layers.0.him`), and lists of texts or whole numbers as label vectors.
 * @throws EigenlensError "file-format" where the pickle would call anything else: it is named, and not called
 */
export function tensorsOf(
  path: string,
  root: PickleValue,
  findStorage: StorageFinder,
): StoredTensor[] {
  const tensors: StoredTensor[] = [];
  const ancestors = new Set<PickleValue>();
  let nodes = 0;

  function visit(value: PickleValue, name: string): void {
    if (++nodes > mostNodes || ancestors.size > deepest) {
      throw new EigenlensError(
        "file-format",
        `${path}: its pickle nests too deeply or refers to itself too often: save a plain dictionary of tensors.`,
      );
    }
    if (typeof value !== "object" || value === null || value instanceof Uint8Array) return;
    if (ancestors.has(value)) return;
    ancestors.add(value);
    if (value instanceof PickleSequence) visitItems(value.items, name);
    else if (value instanceof PickleMapping) visitEntries(value, name);
    else if (value instanceof PickleCall) visitCall(value, name);
    ancestors.delete(value);
  }

  function visitItems(items: readonly PickleValue[], name: string): void {
    const labels = labelsOf(items);
    if (labels !== undefined) tensors.push(textVector(name, labels));
    else items.forEach((item, index) => visit(item, joined(name, String(index))));
  }

  function visitEntries(mapping: PickleMapping, name: string): void {
    for (const [key, value] of mapping.entries) {
      if (typeof key === "object" && key !== null) visit(key, name);
      visit(value, joined(name, keyText(key)));
    }
  }

  function visitCall(call: PickleCall, name: string): void {
    const callee = call.callee instanceof PickleGlobal ? call.callee.name : undefined;
    if (callee === undefined) throw refusal(path, "a computed value");
    const found =
      torchTensor(path, name, callee, call, findStorage) ?? numpyArray(path, name, callee, call);
    if (found !== undefined) {
      tensors.push(found);
      return;
    }
    if (mappings.test(callee)) {
      for (const parameter of call.parameters) {
        if (!(parameter instanceof PickleGlobal)) visitPairs(parameter, name);
      }
      visitEntries(call.contents, name);
    } else if (sequences.test(callee)) {
      visitItems([...call.parameters.flatMap(itemsOf), ...call.appended], name);
    } else if (harmless.test(callee)) {
      // Nothing of interest, but what is handed to it may still be a call that must be named.
      for (const parameter of call.parameters) visit(parameter, name);
    } else {
      throw refusal(path, callee);
    }
    if (call.state !== undefined && !harmless.test(callee)) visit(call.state, name);
  }

  /** An OrderedDict of protocol 0 and 1 is called with a list of pairs. */
  function visitPairs(parameter: PickleValue, name: string): void {
    if (parameter instanceof PickleMapping) visitEntries(parameter, name);
    for (const pair of itemsOf(parameter)) {
      const [key, value] = itemsOf(pair);
      if (key !== undefined && value !== undefined) visit(value, joined(name, keyText(key)));
    }
  }

  visit(root, "");
  return tensors;
}

function refusal(path: string, callee: string): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${path}: its pickle calls ${callee.slice(0, 80)}, which could run code: it was not called and the file is refused; save plain tensors with torch.save({"him": tensor}), or as safetensors.`,
  );
}

function itemsOf(value: PickleValue): readonly PickleValue[] {
  return value instanceof PickleSequence ? value.items : [];
}

function joined(name: string, part: string): string {
  return name === "" ? part : `${name}.${part}`;
}

function keyText(key: PickleValue): string {
  if (key instanceof PickleSequence) return key.items.map(keyText).join(".");
  if (key instanceof PickleGlobal) return key.name;
  return typeof key === "object" ? "key" : String(key);
}

/** A list of texts, or of whole numbers, is one label a row. */
function labelsOf(items: readonly PickleValue[]): string[] | undefined {
  if (items.length < 2) return undefined;
  const texts = items.every((item) => typeof item === "string");
  const numbers = items.every((item) => Number.isInteger(item) || typeof item === "boolean");
  return texts || numbers ? items.map(String) : undefined;
}
