import { EigenlensError } from "../../../errors.ts";
import type { ActivationFile } from "../../activationFile.ts";
import type { ByteSource, FileSystem } from "../../byteSource.ts";
import { rowLength } from "../../shape.ts";
import { activationFile, place, textVector, type StoredTensor } from "../../storedTensor.ts";
import type { ColumnChoice } from "../columnRoles.ts";
import { flattenInto, labelList, nestedShape, parseJson } from "./values.ts";
import { isShardIndex, openShards } from "../safetensors/sharded.ts";
import { decodeRecords, describeRecords, labelOf } from "../recordFields.ts";
import { isRecord } from "../../../lookup.ts";

/** JavaScript holds no longer text; other formats have no such limit. */
const longestText = 400 * 2 ** 20;
/** Memory that a parsed list or object takes at least, and what all of them together may take. */
const listBytes = 48;
const deepest = 12;

/**
 * A JSON file: a matrix as a list of lists, an object of such matrices (nested objects too), or a list of
 * records. Lists of texts or whole numbers are label vectors. The index of sharded safetensors is JSON too, and
 * opens its shards. JSON is read whole.
 * @param choice which fields of plain numbers are neurons, if the user says so
 * @throws EigenlensError "file-format"; "usage" as {@link describeRecords}
 */
export async function openJson(
  source: ByteSource,
  fileSystem: FileSystem,
  choice?: ColumnChoice,
): Promise<ActivationFile> {
  const { path, byteLength } = source;
  if (byteLength > longestText) {
    throw new EigenlensError(
      "file-format",
      `${path} has ${byteLength} bytes: JSON is read up to ${longestText}; save it as npy or safetensors.`,
    );
  }
  const bytes = await source.read(0, byteLength);
  checkNesting(path, bytes);
  const root = parseJson(new TextDecoder().decode(bytes), path);
  if (isShardIndex(root)) return openShards(source, root, fileSystem);
  const tensors: StoredTensor[] = [];
  collect(path, "", root, tensors, 0, choice);
  if (tensors.length === 0) {
    throw new EigenlensError(
      "file-format",
      `${path} holds no list of numbers: write [[...], ...], {"him": [[...], ...]}, or a list of records.`,
    );
  }
  return activationFile({
    path,
    format: "json",
    byteLength,
    tensors,
    close: () => source.close(),
  });
}

/** Brackets cost far more memory than digits: a file of little else is refused before it is parsed. */
function checkNesting(path: string, bytes: Uint8Array): void {
  let lists = 0;
  for (const byte of bytes) if (byte === 0x5b || byte === 0x7b) lists++;
  if (lists * listBytes > bytes.byteLength + 100 * 2 ** 20) {
    throw new EigenlensError(
      "file-format",
      `${path} holds ${lists} lists in ${bytes.byteLength} bytes, hardly any numbers: it holds no activations.`,
    );
  }
}

function collect(
  path: string,
  name: string,
  value: unknown,
  tensors: StoredTensor[],
  depth: number,
  choice: ColumnChoice | undefined,
): void {
  if (depth > deepest) return;
  const labels = labelList(value);
  if (labels !== undefined) {
    tensors.push(textVector(name, labels));
    return;
  }
  const shape = nestedShape(value);
  if (shape !== undefined) {
    tensors.push(listTensor(path, name, value, shape));
  } else if (Array.isArray(value) && isRecord(value[0])) {
    tensors.push(...recordTensors(path, name, value, choice));
  } else if (isRecord(value)) {
    for (const [key, entry] of Object.entries(value)) {
      collect(path, name === "" ? key : `${name}.${key}`, entry, tensors, depth + 1, choice);
    }
  }
}

function listTensor(
  path: string,
  name: string,
  value: unknown,
  shape: readonly number[],
): StoredTensor {
  const where = place(path, name);
  const rows = Array.isArray(value) ? value : [];
  const info = {
    name,
    shape,
    elementType: "float64",
    byteOrder: "little",
    order: "row-major",
  } as const;
  return {
    info,
    readRows(start, stop, destination) {
      const inner = shape.slice(1);
      const length = rowLength(shape);
      // Row by row, so that a destination of either type needs no second copy of everything.
      const row = new Float64Array(length);
      for (let at = start; at < stop; at++) {
        flattenInto(rows[at], inner, row, 0, () => `${where}, row ${at}`);
        destination.set(row, (at - start) * length);
      }
      return Promise.resolve();
    },
  };
}

function recordTensors(
  path: string,
  name: string,
  records: readonly unknown[],
  choice: ColumnChoice | undefined,
): StoredTensor[] {
  const { values, labels } = describeRecords(records.slice(0, 64), path, choice);
  const qualified = (field: string) =>
    name === "" || field === "" ? name + field : `${name}.${field}`;
  const tensors = values.map((field): StoredTensor => {
    return {
      info: {
        name: qualified(field.name),
        shape: [records.length, ...field.shape],
        elementType: "float64",
        byteOrder: "little",
        order: "row-major",
        ...field.about,
      },
      readRows(start, stop, destination) {
        const describe = (record: number) =>
          `${place(path, qualified(field.name))}, row ${start + record}`;
        decodeRecords(records.slice(start, stop), field, destination, 0, describe);
        return Promise.resolve();
      },
    };
  });
  if (values.length === 0) return [];
  const vectors = labels.map((label) =>
    textVector(
      qualified(label),
      records.map((record) => labelOf(record, label)),
    ),
  );
  return [...tensors, ...vectors];
}
