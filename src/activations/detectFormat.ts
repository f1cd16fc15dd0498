import { EigenlensError } from "../errors.ts";
import type { ByteSource } from "./byteSource.ts";
import { lookup } from "../lookup.ts";
import { startsWith } from "./latin1.ts";

/** What the first bytes of a file, or else its extension, say that it is. */
export type Format =
  | "npy"
  | "zip"
  | "safetensors"
  | "pickle"
  | "csv"
  | "tsv"
  | "json"
  | "jsonl"
  | "parquet"
  | "arrow"
  | "hdf5"
  | "mat4"
  | "mat5"
  | "raw";

const byExtension: Readonly<Record<string, Format>> = {
  npy: "npy",
  npz: "zip",
  safetensors: "safetensors",
  pt: "zip",
  pth: "zip",
  pkl: "pickle",
  csv: "csv",
  tsv: "tsv",
  json: "json",
  jsonl: "jsonl",
  ndjson: "jsonl",
  parquet: "parquet",
  arrow: "arrow",
  arrows: "arrow",
  ipc: "arrow",
  feather: "arrow",
  h5: "hdf5",
  hdf5: "hdf5",
  mat: "mat4",
  bin: "raw",
  raw: "raw",
};

/** For the error that names what can be opened. */
export const formatList =
  "npy, npz, safetensors (also sharded, through its index.json), pt/pth, csv, tsv, json, jsonl, parquet, arrow/feather, h5/hdf5, zarr, mat, and bin with a JSON sidecar";

/** The extension in lower case, without its dot; empty if there is none. */
export function extensionOf(path: string): string {
  return /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
}

/**
 * Content first, because extensions lie; the extension where the content has no signature of its own.
 * @throws EigenlensError "file-format" for an empty file or an unknown kind; the line lists the formats
 */
export async function detectFormat(source: ByteSource): Promise<Format> {
  const extension = extensionOf(source.path);
  const named = lookup(byExtension, extension);
  if (source.byteLength === 0) {
    throw new EigenlensError("file-format", `${source.path} is empty (0 bytes): save it again.`);
  }
  const head = await source.read(0, Math.min(128, source.byteLength));
  const found = bySignature(head, source.byteLength) ?? (await userBlockHdf5(source, named));
  if (found !== undefined) return found;
  // Text has no signature, but binary formats always have theirs: without it the file is damaged,
  // and its own reader says how.
  if (named !== undefined) return named;
  throw new EigenlensError(
    "file-format",
    `${source.path}: ${extension === "" ? "a file without an extension" : `.${extension}`} is no activation format known here: use ${formatList}.`,
  );
}

const hdf5Signature = "\x89HDF\r\n\x1a\n";

function bySignature(head: Uint8Array, byteLength: number): Format | undefined {
  if (startsWith(head, "\x93NUMPY")) return "npy";
  if (startsWith(head, "PK\x03\x04") || startsWith(head, "PK\x05\x06")) return "zip";
  if (startsWith(head, hdf5Signature)) return "hdf5";
  if (startsWith(head, "PAR1")) return "parquet";
  if (startsWith(head, "ARROW1") || startsWith(head, "FEA1")) return "arrow";
  if (startsWith(head, "MATLAB 5.0")) return "mat5";
  if (head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 0) <= 5) return "pickle";
  if (head.length > 9 && head[8] === 0x7b) {
    const length = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true);
    if (length <= BigInt(byteLength)) return "safetensors";
  }
  return undefined;
}

/** HDF5 may begin after a user block of 512, 1024, 2048 ... bytes, as MATLAB's v7.3 files do. */
async function userBlockHdf5(source: ByteSource, named: Format | undefined) {
  if (named !== undefined && named !== "mat4" && named !== "hdf5") return undefined;
  for (let offset = 512; offset + 8 <= source.byteLength && offset <= 2 ** 20; offset *= 2) {
    if (startsWith(await source.read(offset, 8), hdf5Signature)) return "hdf5";
  }
  return undefined;
}
