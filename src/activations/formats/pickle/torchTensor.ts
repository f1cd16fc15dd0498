import { EigenlensError } from "../../../errors.ts";
import { lookup } from "../../../lookup.ts";
import type { ByteSource } from "../../byteSource.ts";
import { byteWidth, type NumericType } from "../../elements/elementType.ts";
import { isAddressable, shapeText, valueCount } from "../../shape.ts";
import { place } from "../../storedTensor.ts";
import type { Rebuilt } from "./pickledArray.ts";
import {
  numbersOf,
  PickleCall,
  PickleGlobal,
  PickleMapping,
  PicklePersistent,
  PickleSequence,
  scalarText,
  type PickleValue,
} from "./values.ts";

/** The bytes of one storage, opened when they are first read. */
export interface TorchStorage {
  readonly byteLength: number;
  readonly byteOrder: "little" | "big";
  open(): Promise<{ source: ByteSource; offset: number }>;
}

/** Finds a storage by the key that its persistent identifier holds; undefined if the file lacks it. */
export type StorageFinder = (key: string) => TorchStorage | undefined;

/** A file of `torch.save` as it is read; files within it are not opened yet. */
export interface TorchFile {
  readonly root: PickleValue;
  readonly findStorage: StorageFinder;
  /** The calls that hold files within the file. */
  readonly embedded: readonly PickleCall[];
}

/** What `torch.save` wrote: the pickled objects, and the storages that they refer to. */
export interface TorchObjects {
  readonly root: PickleValue;
  readonly findStorage: StorageFinder;
  /** Files within the file: `torch.storage._load_from_bytes(bytes)`, as `pickle.dump` writes each storage. */
  readonly nested: ReadonlyMap<PickleValue, TorchObjects>;
}

const storageTypes: Readonly<Record<string, NumericType>> = {
  FloatStorage: "float32",
  DoubleStorage: "float64",
  HalfStorage: "float16",
  BFloat16Storage: "bfloat16",
  LongStorage: "int64",
  IntStorage: "int32",
  ShortStorage: "int16",
  CharStorage: "int8",
  ByteStorage: "uint8",
  BoolStorage: "bool",
};

const dtypes: Readonly<Record<string, NumericType>> = {
  "torch.float32": "float32",
  "torch.float64": "float64",
  "torch.float16": "float16",
  "torch.bfloat16": "bfloat16",
  "torch.int64": "int64",
  "torch.int32": "int32",
  "torch.int16": "int16",
  "torch.int8": "int8",
  "torch.uint8": "uint8",
  "torch.uint16": "uint16",
  "torch.uint32": "uint32",
  "torch.uint64": "uint64",
  "torch.bool": "bool",
};

/** An expanded tensor (stride 0) may describe more values than this only if its storage holds them. */
const mostExpanded = 2 ** 24;

/**
 * The tensor that a call of torch's rebuild functions describes (`torch/_utils.py`): a view of a storage with
 * offset, sizes and strides; parameters are their tensors. Undefined if the call rebuilds no tensor.
 * @throws EigenlensError "file-format" if the view leaves its storage
 */
export function torchTensor(
  path: string,
  name: string,
  call: PickleCall,
  objects: TorchObjects,
): Rebuilt | undefined {
  // Parameters and subclasses wrap other calls; nothing honest wraps more than a few times.
  let inner = call;
  for (let depth = 0; depth < 8; depth++) {
    const wrapped = unwrapped(inner);
    if (wrapped === undefined) break;
    inner = wrapped;
  }
  const { name: callee = "", parameters } = inner;
  switch (callee) {
    case "torch._utils._rebuild_tensor":
    case "torch._utils._rebuild_tensor_v2":
      return strided(path, name, parameters, undefined, parameters[6], objects);
    case "torch._utils._rebuild_tensor_v3":
      return strided(path, name, parameters, parameters[6], parameters[7], objects);
    case "torch._utils._rebuild_sparse_tensor": {
      const [first, second] = parameters;
      const layout = first instanceof PickleCall ? first.parameters[0] : first;
      const shape = numbersOf(second instanceof PickleSequence ? second.items[2] : undefined) ?? [];
      const reason = `a sparse tensor (${typeof layout === "string" ? layout : "sparse"}) is not read: save tensor.to_dense().`;
      return { kind: "unreadable", shape, reason };
    }
    default: {
      if (!/^torch\._(utils|tensor)\._rebuild_/.test(callee)) return undefined;
      const reason = `a tensor of kind ${callee.replace(/^.*_rebuild_/s, "").slice(0, 80)} is not read: save a plain dense tensor.`;
      return { kind: "unreadable", shape: [], reason };
    }
  }
}

/** The call that a parameter, a buffer or a subclass of tensor wraps. */
function unwrapped(call: PickleCall): PickleCall | undefined {
  const [first, , third] = call.parameters;
  switch (call.name) {
    case "torch._utils._rebuild_parameter":
    case "torch._utils._rebuild_parameter_with_state":
      return first instanceof PickleCall ? first : undefined;
    case "torch._tensor._rebuild_from_type_v2":
      return first instanceof PickleGlobal && third instanceof PickleSequence
        ? new PickleCall(first, third.items)
        : undefined;
    default:
      return undefined;
  }
}

interface StorageView {
  readonly typeName: string;
  readonly key: string;
  readonly storage: TorchStorage | undefined;
  /** In values, where the storage is itself a view (torch before 0.4). */
  readonly offset: number;
}

function storageView(
  value: PickleValue | undefined,
  objects: TorchObjects,
): StorageView | undefined {
  if (value instanceof PickleCall) {
    const file = objects.nested.get(value);
    return file === undefined ? undefined : storageView(file.root, file);
  }
  const identifier = value instanceof PicklePersistent ? value.identifier : undefined;
  if (!(identifier instanceof PickleSequence)) return undefined;
  const [, storageClass, key, , , view] = identifier.items;
  if (!(storageClass instanceof PickleGlobal)) return undefined;
  const parts = view instanceof PickleSequence ? view.items : [];
  const name = scalarText(parts.length > 3 ? parts[3] : key);
  return {
    typeName: storageClass.name.replace(/^torch\.(storage\.|cuda\.)?/, ""),
    key: scalarText(key),
    storage: objects.findStorage(name),
    offset: view instanceof PickleSequence ? Number(parts[1]) : 0,
  };
}

function strided(
  path: string,
  name: string,
  parameters: readonly PickleValue[],
  dtype: PickleValue | undefined,
  metadata: PickleValue | undefined,
  objects: TorchObjects,
): Rebuilt {
  const where = place(path, name);
  const [persistent, offset, sizes, steps] = parameters;
  const view = storageView(persistent, objects);
  const shape = numbersOf(sizes);
  const strides = numbersOf(steps);
  if (
    view === undefined ||
    typeof offset !== "number" ||
    shape === undefined ||
    strides === undefined ||
    shape.length !== strides.length
  ) {
    throw new EigenlensError(
      "file-format",
      `${where}: its description lacks storage, offset, sizes or strides: the file is damaged; save it again with torch.save.`,
    );
  }
  const { typeName, storage } = view;
  const named = dtype instanceof PickleGlobal ? dtype.name : undefined;
  const elementType = named === undefined ? lookup(storageTypes, typeName) : lookup(dtypes, named);
  if (elementType === undefined) {
    return { kind: "unreadable", shape, reason: typeRefusal((named ?? typeName).slice(0, 80)) };
  }
  if (storage === undefined) {
    throw new EigenlensError(
      "file-format",
      `${where}: its storage ${view.key} is not in the file: it is cut short or damaged; save it again.`,
    );
  }
  const start = offset + view.offset;
  const layout = { shape, strides, start, elementType };
  checkView(where, layout, storage);
  return {
    kind: "array",
    array: {
      shape,
      strides,
      elementType,
      byteOrder: storage.byteOrder,
      negated: hasBit(metadata, "neg"),
      async open() {
        const { source, offset: at } = await storage.open();
        return { source, offset: at + start * byteWidth(elementType) };
      },
    },
  };
}

function typeRefusal(type: string): string {
  return /complex/i.test(type)
    ? `complex values (${type}) have no order of variance here: save tensor.real, tensor.imag or tensor.abs().`
    : `its type ${type} is not read: save tensor.float().`;
}

/** Lazy operations lie in a dictionary behind the tensor; the conjugate bit means nothing for real values. */
function hasBit(metadata: PickleValue | undefined, bit: "neg"): boolean {
  if (!(metadata instanceof PickleMapping)) return false;
  return metadata.entries.some(([key, value]) => key === bit && value === true);
}

interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** In values. */
  readonly start: number;
  readonly elementType: NumericType;
}

function checkView(where: string, view: View, storage: TorchStorage): void {
  const { shape, strides, start, elementType } = view;
  const available = Math.floor(storage.byteLength / byteWidth(elementType));
  const empty = shape.includes(0);
  const last = shape.reduce((at, extent, axis) => at + (extent - 1) * (strides[axis] ?? 0), start);
  const valid =
    isAddressable(shape) &&
    strides.every((stride) => Number.isSafeInteger(stride) && stride >= 0) &&
    Number.isSafeInteger(start) &&
    start >= 0 &&
    (empty || last < available);
  if (!valid) {
    throw new EigenlensError(
      "file-format",
      `${where}: shape ${shapeText(shape)} with strides [${strides.join(", ")}] from value ${start} leaves its storage of ${available} values: the file is cut short or damaged; save it again.`,
    );
  }
  if (valueCount(shape) > Math.max(mostExpanded, available)) {
    throw new EigenlensError(
      "file-format",
      `${where}: shape ${shapeText(shape)} repeats a storage of ${available} values: save tensor.contiguous().`,
    );
  }
}
