import { EigenlensError } from "../errors.ts";
import { writeWholeFile, type Append, type Inputs } from "../files/writeWholeFile.ts";
import type { RowBuffer } from "./activationFile.ts";
import { isAddressable, rowLength, valueCount } from "./shape.ts";

/** Rows to be written, as a tensor or a condition hands them over. */
export interface NpyContent {
  /** Outermost axis first. */
  readonly shape: readonly number[];
  /** Of the source: half and single precision are written as float32, everything else as float64. */
  readonly elementType: string;
  readRows(start: number, stop: number, destination: RowBuffer): Promise<void>;
  /** Asked once all rows are read; what it throws leaves no file behind. */
  check?(): Promise<void>;
}

const blockValues = 2 ** 20;

/**
 * Writes an npy file of version 1, little-endian and in C order, a block of rows at a time. float16 and bfloat16
 * become float32, which holds them exactly; integers become float64 (beyond 2^53 rounded). The file appears under
 * its name only once it is complete.
 * @param inputs what must not be written over
 * @throws EigenlensError as {@link writeWholeFile} does; "condition" if numpy could not read such a shape; whatever
 *   reading throws
 */
export async function writeNpy(path: string, content: NpyContent, inputs?: Inputs): Promise<void> {
  const { shape, elementType } = content;
  const single = writtenType(elementType) === "float32";
  const rows = shape[0] ?? 1;
  const length = rowLength(shape);
  const write = async (append: Append) => {
    await append(npyHeader(path, shape, single ? "<f4" : "<f8"));
    // What cannot be read is refused also if it has no values to be read.
    await content.readRows(0, 0, new Float64Array(0));
    // Rows without a value need no bytes, however many there are.
    const written = length === 0 ? 0 : rows;
    const block = Math.max(1, Math.floor(blockValues / Math.max(1, length)));
    for (let start = 0; start < written; start += block) {
      const stop = Math.min(rows, start + block);
      const count = (stop - start) * length;
      const values = single ? new Float32Array(count) : new Float64Array(count);
      await content.readRows(start, stop, values);
      await append(new Uint8Array(values.buffer));
    }
    await content.check?.();
  };
  await writeWholeFile(path, write, inputs);
}

/** The type as which values of another are written without loss (integers up to 2^53). */
export function writtenType(elementType: string): "float32" | "float64" {
  return ["float16", "bfloat16", "float32"].includes(elementType) ? "float32" : "float64";
}

/** numpy reads no more axes. So few extents always fit the two bytes in which version 1 counts its header. */
const mostAxes = 64;

/** Padded so that the data begin at a multiple of 64 bytes, as numpy.lib.format asks. */
function npyHeader(path: string, shape: readonly number[], descriptor: string): Uint8Array {
  if (shape.length > mostAxes || !isAddressable(shape)) {
    throw new EigenlensError(
      "condition",
      `${path} cannot be written: numpy reads up to ${mostAxes} axes, and this tensor has ${shape.length} with ${valueCount(shape)} values; choose another tensor.`,
    );
  }
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': (${extents}), }`;
  const padded = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const header = new Uint8Array(10 + padded);
  header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(header.buffer).setUint16(8, padded, true);
  header.set(new TextEncoder().encode(`${text.padEnd(padded - 1)}\n`), 10);
  return header;
}
