import { EigenlensError } from "../../../errors.ts";
import type { TensorInfo } from "../../activationFile.ts";
import type { FileSystem } from "../../byteSource.ts";
import {
  byteWidth,
  isIntegral,
  isNumericType,
  type NumericType,
} from "../../elements/elementType.ts";
import { mostAheadBytes, readingAhead } from "../../rows/readingAhead.ts";
import { panelRowCount, RowPanels } from "../../rows/rowPanels.ts";
import { rowLength, valueCount } from "../../shape.ts";
import { place, type StoredTensor } from "../../storedTensor.ts";
import { chunkPanel } from "./chunkPanel.ts";
import { ChunkReader, type ZarrPlace } from "./chunkReader.ts";
import { readLabels } from "./labels.ts";
import { metadataOf, shapeOf, type ZarrDocument, type ZarrMetadata } from "./metadata.ts";

/** Chunks beyond are unpacked by no codec. */
const mostChunkBytes = 2 ** 28;
const mostLabels = 10_000_000;

/** One array of a zarr folder as a tensor; with the reason, where it cannot be read. */
export async function zarrArray(
  where: ZarrPlace,
  document: ZarrDocument,
  fileSystem: FileSystem,
): Promise<StoredTensor> {
  const { name } = where;
  let info: TensorInfo = {
    name,
    shape: shapeOf(document),
    elementType: "uint8",
    byteOrder: "little",
    order: "row-major",
  };
  let metadata: ZarrMetadata;
  try {
    metadata = metadataOf(document);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    return { info: { ...info, unreadable: cause.message } };
  }
  const { shape, type } = metadata;
  info = { ...info, shape, elementType: type.elementType };
  const refused = refusal(metadata);
  if (refused !== undefined) return { info: { ...info, unreadable: refused } };
  let reader: ChunkReader;
  try {
    reader = await ChunkReader.open(where, metadata, fileSystem);
  } catch (cause) {
    if (cause instanceof EigenlensError) throw cause;
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    return {
      info: {
        ...info,
        unreadable: `zarr cannot open it (${reason.slice(0, 160)}): save it again.`,
      },
    };
  }
  if (!isNumericType(type.elementType)) {
    return { info, readLabels: () => readLabels(reader, place(where.root, name)) };
  }
  const panels = panelsOf(reader, type.elementType);
  return {
    info,
    readRows: (start, stop, destination) => panels.readRows(start, stop, destination),
    ...(isIntegral(type.elementType)
      ? { readLabels: () => readLabels(reader, place(where.root, name)) }
      : {}),
  };
}

function panelsOf(reader: ChunkReader, elementType: NumericType): RowPanels {
  const { shape, chunkShape, fill } = reader.metadata;
  const width = byteWidth(elementType);
  const length = rowLength(shape);
  const rows = shape[0] ?? 0;
  const panelRows = panelRowCount(length * width, chunkShape[0] ?? 1);
  const array = { shape, chunkShape, elementType };
  const read = async (start: number, stop: number) => {
    const chunks = await reader.read(start, stop);
    const release = () => reader.giveBack(chunks);
    return { ...chunkPanel(array, chunks, fill.value, start, stop), release };
  };
  const isSmall = panelRows * length * width <= mostAheadBytes;
  const ahead = isSmall ? readingAhead(read, rows, panelRows) : read;
  return new RowPanels(rows, length, panelRows, ahead, true);
}

function refusal({ shape, chunkShape, type }: ZarrMetadata): string | undefined {
  const chunkBytes = valueCount(chunkShape) * Math.max(1, type.width);
  if (chunkBytes > mostChunkBytes) {
    return `its chunks [${chunkShape.join(", ")}] take ${chunkBytes} bytes each, more than ${mostChunkBytes}: save it with smaller chunks.`;
  }
  if (type.elementType === "text" && valueCount(shape) > mostLabels) {
    return `it claims ${valueCount(shape)} texts, more than ${mostLabels}.`;
  }
  return undefined;
}
