// Our own reader, because the packages for MATLAB files read them whole and know neither single precision nor
// compressed variables of version 5 reliably. The layout is that of "MAT-File Format" (MathWorks), version 4.
import { EigenlensError } from "../../../errors.ts";
import type { ActivationFile } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { byteWidth, type NumericType } from "../../elements/elementType.ts";
import {
  activationFile,
  textVector,
  unreadableTensor,
  type StoredTensor,
} from "../../storedTensor.ts";
import { windowedSource } from "../../sources/windowedSource.ts";
import { matlabMatrix } from "./matrix.ts";

const precisions: readonly NumericType[] = [
  "float64",
  "float32",
  "int32",
  "int16",
  "uint16",
  "uint8",
];
const mostVariables = 50_000;
const longestName = 1024;

/**
 * MATLAB version 4: a 20-byte header, a name and the values of each variable, one after the other.
 * @throws EigenlensError "file-format"
 */
export async function openMat4(file: ByteSource): Promise<ActivationFile> {
  const source = windowedSource(file);
  const tensors: StoredTensor[] = [];
  let offset = 0;
  while (offset < source.byteLength) {
    const { tensor, end } = await readVariable(source, offset);
    tensors.push(tensor);
    offset = end;
    if (tensors.length > mostVariables) {
      throw new EigenlensError(
        "file-format",
        `${source.path} holds more than the ${mostVariables} variables that are read: split it.`,
      );
    }
  }
  return activationFile({
    path: source.path,
    format: "mat",
    byteLength: source.byteLength,
    tensors,
    close: () => file.close(),
  });
}

async function readVariable(source: ByteSource, offset: number) {
  if (offset + 20 > source.byteLength) throw damaged(source, offset, "a header is cut short");
  const header = await source.read(offset, 20);
  const view = new DataView(header.buffer, header.byteOffset);
  const little = view.getUint32(0, true) <= 4052;
  const [type = 0, rows = 0, columns = 0, imaginary = 0, nameLength = 0] = [0, 4, 8, 12, 16].map(
    (at) => view.getUint32(at, little),
  );
  const elementType = precisions[Math.floor(type / 10) % 10];
  const kind = type % 10;
  if (
    type > 4052 ||
    elementType === undefined ||
    kind > 2 ||
    imaginary > 1 ||
    nameLength > longestName
  ) {
    throw damaged(source, offset, "no MATLAB 4 variable begins there");
  }
  const dataOffset = offset + 20 + nameLength;
  const dataBytes = rows * columns * byteWidth(elementType);
  const end = dataOffset + dataBytes * (imaginary + 1);
  if (end > source.byteLength) {
    throw damaged(
      source,
      offset,
      `its variable of ${rows} x ${columns} ${elementType} ends at byte ${end}`,
    );
  }
  const name = new TextDecoder()
    .decode(await source.read(offset + 20, nameLength))
    .replace(/\0.*$/s, "");
  const byteOrder = little ? "little" : "big";
  const shape = [rows, columns];
  if (kind === 2)
    return {
      tensor: unreadableTensor(name, shape, "a sparse matrix is not read: save full(x)."),
      end,
    };
  if (imaginary === 1) {
    return {
      tensor: unreadableTensor(
        name,
        shape,
        "a complex matrix is not read: save real(x) or abs(x).",
      ),
      end,
    };
  }
  const layout = {
    source,
    offset: dataOffset,
    shape,
    elementType,
    storedType: elementType,
    byteOrder,
  } as const;
  if (kind === 1) {
    // Rows without a character take no room in the file: any number of them may be claimed.
    if (rows > dataBytes)
      throw damaged(source, offset, `a text of ${rows} x ${columns} characters`);
    const codes = new Float64Array(rows * columns);
    await matlabMatrix(name, layout).readRows?.(0, rows, codes);
    const texts = Array.from({ length: rows }, (_, row) =>
      String.fromCharCode(...codes.subarray(row * columns, (row + 1) * columns)).trimEnd(),
    );
    return { tensor: textVector(name, texts), end };
  }
  return { tensor: matlabMatrix(name, layout), end };
}

function damaged(source: ByteSource, offset: number, reason: string): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${source.path}: not a readable MATLAB file (${reason}, at byte ${offset} of ${source.byteLength}): it is cut short or damaged; save it again.`,
  );
}
