import { EigenlensError } from "../../../errors.ts";
import type { TensorInfo } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { byteWidth, isIntegral, type NumericType } from "../../elementType.ts";
import { denseStrides, isAddressable, shapeText, valueCount } from "../../shape.ts";
import { place, unreadableTensor, type StoredTensor } from "../../storedTensor.ts";
import { StridedTensor } from "../../stridedTensor.ts";
import {
  PickleCall,
  PickleGlobal,
  PicklePersistent,
  PickleSequence,
  type PickleValue,
} from "./values.ts";

/** The bytes of one storage, opened when they are first read. */
export interface TorchStorage {
  readonly byteLength: number;
  readonly byteOrder: "little" | "big";
  open(): Promise<{ source: ByteSource; offset: number }>;
}

/** Finds a storage by the key that its persistent identifier holds; undefined where the file lacks it. */
export type StorageFinder = (key: string) => TorchStorage | undefined;

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

/** An expanded tensor (stride 0) may describe more values than this only where its storage holds them. */
const mostExpanded = 2 ** 28;

/**
 * The tensor that a call of torch's rebuild functions describes (`torch/_utils.py`): a view of a storage with
 * offset, sizes and strides; parameters are their tensors. Undefined where the call rebuilds no tensor.
 * @throws EigenlensError "file-format" where the view leaves its storage
 */
export function torchTensor(
  path: string,
  name: string,
  callee: string,
  call: PickleCall,
  findStorage: StorageFinder,
): StoredTensor | undefined {
  const [first, second] = call.parameters;
  switch (callee) {
    case "torch._utils._rebuild_tensor":
    case "torch._utils._rebuild_tensor_v2":
    case "torch._utils._rebuild_tensor_v3":
      return strided(path, name, call.parameters, findStorage);
    case "torch._utils._rebuild_parameter":
    case "torch._utils._rebuild_parameter_with_state":
      return nested(path, name, first, findStorage);
    case "torch._tensor._rebuild_from_type_v2": {
      const inner = call.parameters[2];
      if (!(first instanceof PickleGlobal) || !(inner instanceof PickleSequence)) return undefined;
      return nested(path, name, new PickleCall(first, inner.items), findStorage);
    }
    case "torch._utils._rebuild_sparse_tensor": {
      const layout = first instanceof PickleCall ? first.parameters[0] : first;
      return unreadableTensor(
        name,
        sparseShape(second),
        `a sparse tensor (${typeof layout === "string" ? layout : "sparse"}) is not read: save tensor.to_dense().`,
      );
    }
    default:
      if (!callee.startsWith("torch._utils._rebuild_")) return undefined;
      return unreadableTensor(
        name,
        [],
        `a tensor of kind ${callee.slice(22)} is not read: save a plain dense tensor.`,
      );
  }
}

function nested(
  path: string,
  name: string,
  value: PickleValue | undefined,
  findStorage: StorageFinder,
): StoredTensor | undefined {
  if (!(value instanceof PickleCall) || !(value.callee instanceof PickleGlobal)) return undefined;
  return torchTensor(path, name, value.callee.name, value, findStorage);
}

function sparseShape(parts: PickleValue | undefined): number[] {
  const size = parts instanceof PickleSequence ? parts.items[2] : undefined;
  const inner = size instanceof PickleCall ? size.parameters[0] : size;
  return numbersOf(inner) ?? [];
}

function strided(
  path: string,
  name: string,
  parameters: readonly PickleValue[],
  findStorage: StorageFinder,
): StoredTensor {
  const where = place(path, name);
  const [persistent, offset, sizes, steps, , , dtype] = parameters;
  const identifier =
    persistent instanceof PicklePersistent && persistent.identifier instanceof PickleSequence
      ? persistent.identifier.items
      : [];
  const [, storageClass, key, , , view] = identifier;
  const shape = numbersOf(sizes);
  const strides = numbersOf(steps);
  if (
    !(storageClass instanceof PickleGlobal) ||
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
  const typeName = storageClass.name.replace(/^torch\.(storage\.|cuda\.)?/, "");
  const elementType = dtype instanceof PickleGlobal ? dtypes[dtype.name] : storageTypes[typeName];
  if (elementType === undefined) {
    const type = dtype instanceof PickleGlobal ? dtype.name : storageClass.name;
    return unreadableTensor(name, shape, `its type ${type} is not read: save tensor.float().`);
  }
  const storage = findStorage(storageKey(key, view));
  if (storage === undefined) {
    throw new EigenlensError(
      "file-format",
      `${where}: its storage ${String(key)} is not in the file: it is cut short or damaged; save it again.`,
    );
  }
  // A view of a storage, in files of torch before 0.4: its own offset adds to the tensor's.
  const viewOffset = view instanceof PickleSequence ? Number(view.items[1]) : 0;
  const start = offset + viewOffset;
  checkView(where, { shape, strides, start, elementType }, storage);
  return storedView(name, { shape, strides, start, elementType }, storage);
}

interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** In values. */
  readonly start: number;
  readonly elementType: NumericType;
}

function storageKey(key: PickleValue | undefined, view: PickleValue | undefined): string {
  return view instanceof PickleSequence && view.items.length > 3
    ? String(view.items[3])
    : String(key);
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

function storedView(name: string, view: View, storage: TorchStorage): StoredTensor {
  const { shape, strides, start, elementType } = view;
  const { byteOrder } = storage;
  let opened: Promise<StridedTensor> | undefined;
  const open = async () => {
    const { source, offset } = await storage.open();
    const at = offset + start * byteWidth(elementType);
    return new StridedTensor({ source, offset: at, shape, strides, elementType, byteOrder });
  };
  const columnMajor = denseStrides(shape, "column-major").every(
    (stride, axis) => stride === strides[axis],
  );
  const info: TensorInfo = {
    name,
    shape,
    elementType,
    byteOrder,
    order: shape.length > 1 && columnMajor ? "column-major" : "row-major",
  };
  return {
    info,
    async readRows(from, to, destination) {
      opened ??= open();
      await (await opened).readRows(from, to, destination);
    },
    ...(isIntegral(elementType)
      ? {
          async readLabels() {
            opened ??= open();
            return (await opened).readLabels();
          },
        }
      : {}),
  };
}

function numbersOf(value: PickleValue | undefined): number[] | undefined {
  const inner =
    value instanceof PickleCall &&
    value.callee instanceof PickleGlobal &&
    value.callee.name === "torch.Size"
      ? value.parameters[0]
      : value;
  if (!(inner instanceof PickleSequence)) return undefined;
  const numbers = inner.items.filter((item): item is number => typeof item === "number");
  return numbers.length === inner.items.length ? numbers : undefined;
}
