import { EigenlensError } from "../../../errors.ts";
import { lookup } from "../../../lookup.ts";
import type { ElementType, TensorInfo } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { decodeLatin1, startsWith } from "../../latin1.ts";
import { byteWidth, numpyTypes } from "../../elements/elementType.ts";
import { denseStrides, isAddressable, shapeText, valueCount } from "../../shape.ts";
import { place, type StoredTensor } from "../../storedTensor.ts";
import { stridedStored } from "../../strided/stridedStored.ts";
import { npyTextVector } from "./npyText.ts";
import type { PickleBudget } from "../pickle/budget.ts";

/** What an array's header says (numpy.lib.format, versions 1 to 3). */
interface NpyHeader {
  readonly descriptor: string;
  readonly order: TensorInfo["order"];
  readonly shape: readonly number[];
  /** Byte offset of the first value. */
  readonly dataOffset: number;
}

/** numpy itself refuses longer headers unless it is told that the file is trusted; ours is more generous. */
const longestHeader = 2 ** 20;

/** How two-byte voids are to be read, as bfloat16 arrays are saved by numpy with ml_dtypes. */
export interface NpyOptions {
  readonly voidAs?: "bfloat16";
}

/** Within a file of several arrays, their pickles share what the file warrants. */
interface ArrayOptions extends NpyOptions {
  readonly budget?: PickleBudget;
}

/**
 * One array in npy format: a whole file, or an entry of an npz archive.
 * @param source the array's bytes, from its magic string to its end
 * @param name the tensor's name; empty for a bare file
 * @throws EigenlensError "file-format" if the header is not one, or promises more data than there is
 */
export async function npyTensor(
  source: ByteSource,
  name: string,
  options: ArrayOptions = {},
): Promise<StoredTensor> {
  const where = place(source.path, name);
  const header = await readHeader(source, where);
  const { descriptor, order, shape, dataOffset } = header;
  const byteOrder = descriptor.startsWith(">") ? "big" : "little";
  const kind = descriptor.replace(/^[<>|=]/, "");
  const info = { name, shape, order, byteOrder } as const;

  const text = /^([US])(\d+)$/.exec(kind);
  if (text !== null) {
    const characters = Number(text[2]);
    checkLength(source, where, header, "text", characters * (text[1] === "U" ? 4 : 1));
    const encoding = text[1] === "U" ? "utf32" : "bytes";
    return {
      info: { ...info, elementType: "text" },
      readLabels: () =>
        npyTextVector(source, dataOffset, valueCount(shape), characters, encoding, byteOrder),
    };
  }

  if (kind === "O" && (shape.length === 1 || shape.length === 2)) {
    const { objectArray } = await import("../pickle/objectArray.ts");
    return objectArray(source, info, dataOffset, options.budget);
  }
  const elementType =
    kind === "V2" && options.voidAs !== undefined ? options.voidAs : lookup(numpyTypes, kind);
  if (elementType === undefined) {
    return {
      info: {
        ...info,
        elementType: standIn(kind),
        unreadable: refusal(descriptor, shape),
        ...(kind === "V2" ? { doubtfulType: true } : {}),
      },
    };
  }
  checkLength(source, where, header, elementType, byteWidth(elementType));
  const strides = denseStrides(shape, order);
  const layout = { source, offset: dataOffset, shape, strides, elementType, byteOrder } as const;
  return stridedStored({ ...info, elementType }, layout);
}

async function readHeader(source: ByteSource, where: string): Promise<NpyHeader> {
  const prefix = await source.read(0, Math.min(12, source.byteLength));
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength);
  const major = prefix[6] ?? 0;
  if (prefix.byteLength < 12 || !isNpy(prefix) || major < 1 || major > 3) {
    throw new EigenlensError(
      "file-format",
      `${where}: not an npy array of version 1 to 3 (it begins with ${hexadecimal(prefix)}); save it again with numpy.save.`,
    );
  }
  const start = major === 1 ? 10 : 12;
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > longestHeader || start + length > source.byteLength) {
    throw new EigenlensError(
      "file-format",
      `${where}: its npy header claims ${length} bytes, the file has ${source.byteLength}: it is cut short or damaged; save it again.`,
    );
  }
  const bytes = await source.read(start, length);
  const text = major === 3 ? new TextDecoder().decode(bytes) : decodeLatin1(bytes);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([\dL,\s]*)\)/.exec(text)?.[1];
  const descriptor =
    /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1] ?? /'descr'\s*:\s*(\[.*?\])\s*,\s*'/s.exec(text)?.[1];
  if (descriptor === undefined || order === undefined || shape === undefined) {
    throw new EigenlensError(
      "file-format",
      `${where}: its npy header lacks 'descr', 'fortran_order' or 'shape' ("${text.trim().slice(0, 60)}"); save it again with numpy.save.`,
    );
  }
  return {
    descriptor,
    order: order === "True" ? "column-major" : "row-major",
    shape: (shape.match(/\d+/g) ?? []).map(Number),
    dataOffset: start + length,
  };
}

/** Texts without a character take no room in the file: any number of them may be claimed. */
const mostEmptyTexts = 2 ** 20;

function checkLength(
  source: ByteSource,
  where: string,
  header: NpyHeader,
  elementType: ElementType,
  width: number,
): void {
  const { shape, dataOffset } = header;
  const present = source.byteLength - dataOffset;
  const needed = valueCount(shape) * width;
  const claim = `its header claims ${shapeText(shape)} ${elementType}`;
  const isEndless = width === 0 && valueCount(shape) > mostEmptyTexts;
  if (isEndless || !isAddressable(shape) || needed > present * 1e6 + 1e6) {
    throw new EigenlensError(
      "file-format",
      `${where}: ${claim}, ${valueCount(shape)} values, but ${present} bytes of data follow: the header is damaged; save it again.`,
    );
  }
  if (needed > present) {
    throw new EigenlensError(
      "file-format",
      `${where}: ${needed - present} bytes are missing: ${claim} (${needed} bytes), ${present} follow; the file is cut short, copy or save it again.`,
    );
  }
}

function refusal(descriptor: string, shape: readonly number[]): string {
  const kind = descriptor.replace(/^[<>|=]/, "");
  if (kind === "O") {
    return `an object array ${shapeText(shape)} is a pickle, which could run code: it is never opened; save numbers, as in numpy.save(path, numpy.asarray(x, dtype="float32")).`;
  }
  if (kind === "V2") {
    return `its type is a two-byte void (${descriptor}), which may be bfloat16 but does not say so: add [dtype=bfloat16] to the source, or save it as float32.`;
  }
  if (/^[cFDG]\d*$/.test(kind)) {
    return `complex values (${descriptor}) have no order of variance here: save the real part, the imaginary part or the magnitude.`;
  }
  return `its type ${descriptor} is not one of float16, float32, float64, integers or booleans: save it as float32.`;
}

/** The element type under which an unreadable array is listed. */
function standIn(kind: string): ElementType {
  return kind === "O" ? "text" : "uint8";
}

/** Whether bytes begin with the magic string of an npy file. */
export function isNpy(bytes: Uint8Array): boolean {
  return startsWith(bytes, "\x93NUMPY");
}

function hexadecimal(bytes: Uint8Array): string {
  if (bytes.length === 0) return "nothing";
  return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
