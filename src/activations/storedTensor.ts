import { EigenlensError } from "../errors.ts";
import type { ActivationFile, RaggedRow, RowBuffer, TensorInfo } from "./activationFile.ts";
import type { CaptureProvenance } from "./captureProvenance.ts";
import { isAddressable, rowLength, shapeText, valueCount } from "./shape.ts";
import { sixteenBits } from "./elements/sixteenBits.ts";
import { withTokenAxes } from "./axes/tokenAxes.ts";
import { printable } from "../text/printable.ts";

/** One tensor as a reader hands it over; {@link activationFile} makes the checks that all formats share. */
export interface StoredTensor {
  readonly info: TensorInfo;
  /** Called with a valid range and a destination of the right length only. */
  readonly readRows?: (start: number, stop: number, destination: RowBuffer) => Promise<void>;
  /** For vectors of text, integers or booleans. */
  readonly readLabels?: () => Promise<string[]>;
  /** For tensors whose `ragged` is set. */
  readonly readRagged?: (row: number) => Promise<RaggedRow>;
  /** One entry of the first axis, where it can be read in part. */
  readonly entry?: (index: number) => StoredTensor;
  /** For tensors whose `sequences` is set. */
  readonly bySequence?: () => Promise<StoredFile>;
}

/** What a reader knows of the whole file. */
export interface StoredFile {
  readonly path: string;
  readonly format: string;
  readonly byteLength: number;
  readonly tensors: readonly StoredTensor[];
  readonly folder?: string;
  readonly provenance?: CaptureProvenance;
  readonly close: () => Promise<void>;
}

/** "file.npz, tensor X": where an error happened. */
export function place(path: string, tensor: string): string {
  return tensor === "" ? path : `${path}, tensor ${printable(tensor)}`;
}

/**
 * The one implementation of {@link ActivationFile}: names are looked up, ranges and destinations are checked
 * and unreadable tensors refused here, so that each format is only its own layout.
 */
export function activationFile(stored: StoredFile): ActivationFile {
  const { path, format, byteLength } = stored;
  const tensors = withoutNamesakes(stored.tensors).map((tensor) => ({
    ...tensor,
    info: sixteenBits(withPlausibleShape(tensor.info, byteLength)),
  }));
  const byName = new Map(tensors.map((tensor) => [tensor.info.name, tensor]));
  let closing: Promise<void> | undefined;

  function find(name: string): StoredTensor {
    const tensor = byName.get(name);
    if (tensor === undefined) {
      throw new EigenlensError(
        "condition",
        `${path} has no tensor "${printable(name)}": choose one of ${listNames([...byName.keys()])}.`,
      );
    }
    if (tensor.info.unreadable !== undefined) {
      throw new EigenlensError("file-format", `${place(path, name)}: ${tensor.info.unreadable}`);
    }
    return tensor;
  }

  const { folder, provenance } = stored;
  const infos = withTokenAxes(tensors.map(({ info }) => info));
  return {
    path,
    format,
    byteLength,
    tensors: infos,
    ...(folder === undefined ? {} : { folder }),
    ...(provenance === undefined ? {} : { provenance }),
    async readRows(name, start, stop, destination) {
      const { info, readRows } = find(name);
      if (readRows === undefined) {
        throw new EigenlensError(
          "condition",
          `${place(path, name)} holds ${info.elementType}, shape ${shapeText(info.shape)}: choose a tensor of numbers.`,
        );
      }
      const [rows = 1] = info.shape;
      if (!(start >= 0 && start <= stop && stop <= rows)) {
        throw new EigenlensError(
          "condition",
          `${place(path, name)}: rows ${start} to ${stop} were asked for, but it has ${rows}.`,
        );
      }
      const wanted = (stop - start) * rowLength(info.shape);
      if (destination.length !== wanted) {
        throw new RangeError(`The destination holds ${destination.length} values, not ${wanted}.`);
      }
      if (wanted > 0) await readRows(start, stop, destination);
    },
    async readLabels(name) {
      const tensor = find(name);
      const { info, readLabels } = tensor;
      if (!isVector(info.shape)) {
        throw new EigenlensError(
          "condition",
          `${place(path, name)} is ${info.elementType} of shape ${shapeText(info.shape)}: labels must be a vector, one value per row.`,
        );
      }
      return readLabels === undefined ? wholeNumbers(place(path, name), tensor) : readLabels();
    },
    readRagged(name, row) {
      const { info, readRagged } = find(name);
      if (readRagged !== undefined && row >= 0 && row < (info.shape[0] ?? 0))
        return readRagged(row);
      throw new RangeError(`${place(path, name)} has no ragged row ${row}.`);
    },
    entryOf(name, index) {
      const entry = find(name).entry?.(index);
      return entry && activationFile({ ...stored, tensors: replaced(stored.tensors, name, entry) });
    },
    async bySequence(name) {
      const grouped = await find(name).bySequence?.();
      if (grouped !== undefined) return activationFile(grouped);
      throw new RangeError(`${place(path, name)} holds no sequences.`);
    },
    close() {
      closing ??= stored.close();
      return closing;
    },
  };
}

function replaced(
  tensors: readonly StoredTensor[],
  name: string,
  by: StoredTensor,
): readonly StoredTensor[] {
  return tensors.map((tensor) => (tensor.info.name === name ? by : tensor));
}

/** `[rows]`, or a matrix of one column; a single value is a vector of one. */
function isVector(shape: readonly number[]): boolean {
  return shape.length < 2 || (shape.length === 2 && shape[1] === 1);
}

/** Labels that were saved as floating point: 0.0 and 1.0, or other whole numbers. */
async function wholeNumbers(where: string, tensor: StoredTensor): Promise<string[]> {
  const { info, readRows } = tensor;
  const values = new Float64Array(info.shape[0] ?? 0);
  if (values.length > 0) await readRows?.(0, values.length, values);
  const odd = values.findIndex((value) => !Number.isInteger(value));
  if (readRows === undefined || odd !== -1) {
    throw new EigenlensError(
      "condition",
      `${where} is ${info.elementType}${odd === -1 ? "" : ` and holds ${values[odd]} at row ${odd}`}: labels must be text, whole numbers or booleans.`,
    );
  }
  return Array.from(values, (value) => String(value + 0));
}

/** Marks tensors that share their name with another of the file: nobody could say which one is meant. */
function withoutNamesakes(tensors: readonly StoredTensor[]): StoredTensor[] {
  const counts = new Map<string, number>();
  for (const { info } of tensors) counts.set(info.name, (counts.get(info.name) ?? 0) + 1);
  return tensors.map((tensor) => {
    const { info } = tensor;
    if ((counts.get(info.name) ?? 0) < 2 || info.unreadable !== undefined) return tensor;
    const unreadable = `the file holds ${counts.get(info.name)} tensors of this name: save it again, each under its own.`;
    return { ...tensor, info: { ...info, unreadable } };
  });
}

/** Values that one byte of a file may stand for: compression and repetition have their limits. */
const mostValuesPerByte = 2000;
const alwaysPlausible = 2 ** 28;

/** An axis of a tensor without values costs its file nothing, but whoever walks along it much. */
const longestEmptyAxis = 2 ** 22;

/** Marks a tensor whose header claims more values, or more rows without a value, than its file can possibly mean. */
function withPlausibleShape(info: TensorInfo, byteLength: number): TensorInfo {
  const most = alwaysPlausible + mostValuesPerByte * byteLength;
  const { shape } = info;
  if (info.unreadable !== undefined) return info;
  const isPlausible = shape.includes(0)
    ? shape.every((extent) => extent <= longestEmptyAxis)
    : valueCount(shape) <= most;
  if (isAddressable(shape) && isPlausible) return info;
  return {
    ...info,
    unreadable: `its header claims ${shapeText(info.shape)}, ${valueCount(info.shape)} values, in a file of ${byteLength} bytes: the header is damaged; save the file again.`,
  };
}

/** The most characters of one name in a list of names: a dozen must fit into a line, and what to do after them. */
const longestListed = 80;

/** The first names of a list, for an error line: `him, her, labels and 3 more`; each printable and cut. */
export function listNames(names: readonly string[], most = 12): string {
  if (names.length === 0) return "none (the file holds none)";
  const shown = names
    .slice(0, most)
    .map((name) => (name === "" ? "(unnamed)" : printable(name, longestListed)));
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}

/** Texts that are in memory already, one per row, as a tensor. */
export function textVector(name: string, texts: readonly string[]): StoredTensor {
  return {
    info: {
      name,
      shape: [texts.length],
      elementType: "text",
      byteOrder: "little",
      order: "row-major",
    },
    readLabels: () => Promise.resolve([...texts]),
  };
}

/** A tensor that is listed with the reason why it cannot be read. */
export function unreadableTensor(
  name: string,
  shape: readonly number[],
  reason: string,
): StoredTensor {
  return {
    info: {
      name,
      shape,
      elementType: "uint8",
      byteOrder: "little",
      order: "row-major",
      unreadable: reason,
    },
  };
}
