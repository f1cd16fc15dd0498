import { EigenlensError } from "../../errors.ts";
import { isRecord, lookup } from "../../lookup.ts";
import type { ActivationFile } from "../activationFile.ts";
import type { ByteSource, FileSystem } from "../byteSource.ts";
import { byteWidth, isNumericType, numpyTypes, type NumericType } from "../elements/elementType.ts";
import { denseStrides, isAddressable, shapeText, valueCount } from "../shape.ts";
import { activationFile, textVector } from "../storedTensor.ts";
import { stridedStored } from "../strided/stridedStored.ts";
import { labelList, parseJson } from "./json/values.ts";
import { labelText } from "../../text/labelText.ts";

const longestSidecar = 16 * 2 ** 20;

/**
 * Bare values (`numpy.ndarray.tofile`) that a JSON file beside them describes:
 * `{"shape": [53, 3072], "dtype": "float32"}`, with `order` ("C" or "F"), `byteorder` ("little" or "big") and
 * `offset` in bytes where they differ from C, little and 0. Lists of one label per row are label vectors.
 * The sidecar is `NAME.bin.json` or `NAME.json`.
 * @throws EigenlensError "file-format" if there is no sidecar, or it and the file's length disagree
 */
export async function openRaw(source: ByteSource, fileSystem: FileSystem): Promise<ActivationFile> {
  const { path, byteLength } = source;
  const { sidecarPath, sidecar } = await findSidecar(path, fileSystem);
  const shape = sidecar["shape"];
  const elementType = typeOf(sidecar["dtype"]);
  if (!Array.isArray(shape) || !shape.every((extent) => typeof extent === "number")) {
    throw new EigenlensError(
      "file-format",
      `${sidecarPath}: "shape" is ${JSON.stringify(shape)}, expected a list such as [53, 3072].`,
    );
  }
  if (elementType === undefined) {
    throw new EigenlensError(
      "file-format",
      `${sidecarPath}: "dtype" is ${JSON.stringify(sidecar["dtype"])}, expected a type such as "float32", "float16", "bfloat16" or "<f4".`,
    );
  }
  const offset = typeof sidecar["offset"] === "number" ? sidecar["offset"] : 0;
  const needed = valueCount(shape) * byteWidth(elementType);
  if (
    !isAddressable(shape) ||
    !Number.isSafeInteger(offset) ||
    offset < 0 ||
    offset + needed !== byteLength
  ) {
    throw new EigenlensError(
      "file-format",
      `${path} has ${byteLength} bytes, but ${sidecarPath} describes ${shapeText(shape)} ${elementType} from byte ${offset}, ${offset + needed} bytes: correct shape, dtype or offset.`,
    );
  }
  const order = /^(f|column-major|fortran)/i.test(labelText(sidecar["order"]))
    ? "column-major"
    : "row-major";
  const byteOrder = isBigEndian(sidecar) ? "big" : "little";
  const strides = denseStrides(shape, order);
  const layout = { source, offset, shape, strides, elementType, byteOrder } as const;
  const matrix = stridedStored({ name: "", shape, elementType, byteOrder, order }, layout);
  const vectors = Object.entries(sidecar).flatMap(([name, value]) => {
    const labels = name === "shape" ? undefined : labelList(value);
    return labels !== undefined && labels.length === shape[0] ? [textVector(name, labels)] : [];
  });
  return activationFile({
    path,
    format: "raw",
    byteLength,
    tensors: [matrix, ...vectors],
    close: () => source.close(),
  });
}

async function findSidecar(path: string, fileSystem: FileSystem) {
  const candidates = [`${path}.json`, path.replace(/\.[^./\\]+$/, ".json")];
  for (const sidecarPath of candidates) {
    const found = await fileSystem.stat(sidecarPath);
    if (found?.kind !== "file") continue;
    if (found.byteLength > longestSidecar) {
      throw new EigenlensError(
        "file-format",
        `${sidecarPath} has ${found.byteLength} bytes: the description of ${path} should be short.`,
      );
    }
    const opened = await fileSystem.open(sidecarPath);
    try {
      const text = new TextDecoder().decode(await opened.read(0, opened.byteLength));
      const sidecar = parseJson(text, sidecarPath);
      if (isRecord(sidecar)) return { sidecarPath, sidecar };
      throw new EigenlensError(
        "file-format",
        `${sidecarPath} holds no object: write {"shape": [...], "dtype": "float32"}.`,
      );
    } finally {
      await opened.close();
    }
  }
  throw new EigenlensError(
    "file-format",
    `${path} holds bare values: put ${candidates[0]} beside it with {"shape": [rows, columns], "dtype": "float32"}.`,
  );
}

function isBigEndian(sidecar: Readonly<Record<string, unknown>>): boolean {
  const named =
    sidecar["byteorder"] ?? sidecar["byteOrder"] ?? sidecar["byte_order"] ?? sidecar["endian"];
  return /^(b|>)/i.test(labelText(named)) || labelText(sidecar["dtype"]).startsWith(">");
}

const shortNames: Readonly<Record<string, NumericType>> = {
  ...numpyTypes,
  half: "float16",
  single: "float32",
  float: "float32",
  double: "float64",
  bf16: "bfloat16",
  fp16: "float16",
  fp32: "float32",
};

/** A type in our words, numpy's (`<f4`) or torch's (`torch.float32`). */
function typeOf(value: unknown): NumericType | undefined {
  const name = String(value)
    .toLowerCase()
    .replace(/^torch\./, "")
    .replace(/^[<>|=]/, "");
  return isNumericType(name) ? name : lookup(shortNames, name);
}
