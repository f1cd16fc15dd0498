import { printable } from "../../../text/printable.ts";
import { isRecord } from "../../../lookup.ts";
import { codecsOfVersion2, codecsOfVersion3, type ZarrCodec } from "./codecs.ts";
import { fillOf, type ZarrFill } from "./fill.ts";
import { typeOfVersion2, typeOfVersion3, type ZarrType } from "./types.ts";

/** The metadata of one array, as they are written. */
export interface ZarrDocument {
  readonly version: 2 | 3;
  readonly value: Readonly<Record<string, unknown>>;
}

/** How the file of a chunk is named: its coordinates behind a prefix, with a separator between them. */
export interface ChunkKeys {
  readonly prefix: "" | "c";
  readonly separator: "/" | ".";
}

/** What is to be known of an array before its chunks are read. */
export interface ZarrMetadata {
  readonly shape: readonly number[];
  /** Values that a file holds: a chunk, or a shard of several. */
  readonly fileShape: readonly number[];
  /** Values that are unpacked together. */
  readonly chunkShape: readonly number[];
  readonly type: ZarrType;
  readonly fill: ZarrFill;
  readonly keys: ChunkKeys;
  /** Whether a shard begins with its index instead of ending with it. */
  readonly isIndexFirst: boolean;
  /** The document for the library, with types and values that it knows. */
  readonly document: ZarrDocument;
}

/** Shape of an array whose metadata may be unreadable otherwise; empty if it is none. */
export function shapeOf({ value }: ZarrDocument): readonly number[] {
  return isExtents(value["shape"]) ? value["shape"] : [];
}

/**
 * Checks an array's metadata and makes of them what the library needs.
 * @throws RangeError with the reason why it is not read, and what to do
 */
export function metadataOf(document: ZarrDocument): ZarrMetadata {
  return document.version === 2 ? version2(document.value) : version3(document.value);
}

type Values = ZarrDocument["value"];

function version2(value: Values): ZarrMetadata {
  const type = typeOfVersion2(value["dtype"]);
  const codecs = codecsOfVersion2(value["filters"], value["compressor"], type);
  requireTextCodec(type, codecs, value["dtype"]);
  const [shape, chunkShape] = extents(value["shape"], value["chunks"]);
  const fill = fillOf(value["fill_value"], type);
  const order = value["order"] ?? "C";
  if (order !== "C" && order !== "F") throw new RangeError("its order is neither C nor F.");
  const separator = separatorOf(value["dimension_separator"], ".");
  const known = { dtype: type.stored, fill_value: fill.stored, order };
  return {
    shape,
    fileShape: chunkShape,
    chunkShape,
    type,
    fill,
    keys: { prefix: "", separator },
    isIndexFirst: false,
    document: { version: 2, value: { ...value, ...known, dimension_separator: separator } },
  };
}

function version3(value: Values): ZarrMetadata {
  const type = typeOfVersion3(value["data_type"]);
  const codecs = codecsOfVersion3(value["codecs"], type);
  const grid = named(value["chunk_grid"]);
  if (grid.name !== "regular") throw unread("chunk grid", grid.name);
  const [shape, fileShape] = extents(value["shape"], grid.configuration["chunk_shape"]);
  const transformers = value["storage_transformers"];
  if (Array.isArray(transformers) && transformers.length > 0) {
    throw unread("storage transformer", named(transformers[0]).name);
  }
  const sharding = shardingOf(codecs, fileShape, type);
  requireTextCodec(type, sharding?.codecs ?? codecs, type.stored);
  const fill = fillOf(value["fill_value"], type);
  return {
    shape,
    fileShape,
    chunkShape: sharding?.chunkShape ?? fileShape,
    type,
    fill,
    keys: keysOf(value["chunk_key_encoding"]),
    isIndexFirst: sharding?.isIndexFirst ?? false,
    document: {
      version: 3,
      value: {
        ...value,
        data_type: type.stored,
        fill_value: fill.stored,
        chunk_key_encoding: named(value["chunk_key_encoding"]),
        codecs: sharding?.document ?? codecs,
      },
    },
  };
}

/** Chunks in shards; undefined if each chunk is a file. */
function shardingOf(codecs: readonly ZarrCodec[], fileShape: readonly number[], type: ZarrType) {
  const sharding = codecs.find(({ name }) => name === "sharding_indexed");
  if (sharding === undefined) return undefined;
  // The library looks at no codec beside it.
  if (codecs.length > 1) {
    throw new RangeError("its shards are packed once more, which is not read: save it without.");
  }
  const { configuration } = sharding;
  const inner = codecsOfVersion3(configuration["codecs"], type);
  const index = codecsOfVersion3(configuration["index_codecs"], type);
  const isPlainIndex = index.every(({ name }) => ["bytes", "crc32c"].includes(name));
  if (!isPlainIndex || inner.some(({ name }) => name === "sharding_indexed")) {
    throw new RangeError("its shards hold shards or packed indexes: save it with plain shards.");
  }
  const [, chunkShape] = extents(fileShape, configuration["chunk_shape"]);
  if (!fileShape.every((extent, axis) => extent % (chunkShape[axis] ?? 0) === 0)) {
    throw new RangeError("its shards hold no whole number of chunks: its metadata are damaged.");
  }
  const isIndexFirst = configuration["index_location"] === "start";
  const known = { ...configuration, codecs: inner, index_codecs: index };
  const document = [{ name: sharding.name, configuration: known }];
  return { chunkShape, codecs: inner, isIndexFirst, document };
}

/** @throws RangeError if texts are stored as Python's objects, or numbers as texts */
function requireTextCodec(type: ZarrType, codecs: readonly ZarrCodec[], dtype: unknown): void {
  const isText = codecs.some(({ name }) => /(vlen-utf8|vlen-bytes|json2)$/.test(name));
  if (isText === (type.text === "variable")) return;
  throw new RangeError(
    `its type ${printable(String(dtype), 80)} and its codecs do not fit together: save texts as strings, numbers as float32.`,
  );
}

function keysOf(encoding: unknown): ChunkKeys {
  const { name, configuration } = named(encoding);
  if (name === "default") {
    return { prefix: "c", separator: separatorOf(configuration["separator"], "/") };
  }
  if (name === "v2") {
    return { prefix: "", separator: separatorOf(configuration["separator"], ".") };
  }
  throw unread("chunk key encoding", name);
}

function separatorOf(separator: unknown, usual: "/" | "."): "/" | "." {
  if (separator === undefined || separator === null) return usual;
  if (separator === "/" || separator === ".") return separator;
  throw new RangeError("the names of its chunks are separated neither by / nor by a dot.");
}

/** A name, or a name with its configuration. */
function named(value: unknown): ZarrCodec {
  const name = isRecord(value) ? value["name"] : value;
  const configuration = isRecord(value) ? value["configuration"] : undefined;
  return {
    name: typeof name === "string" ? name : "",
    configuration: isRecord(configuration) ? configuration : {},
  };
}

function unread(what: string, name: string): RangeError {
  return new RangeError(`its ${what} "${printable(name, 80)}" is not read: save it without.`);
}

function isExtents(value: unknown): value is number[] {
  return (
    Array.isArray(value) &&
    value.every((extent) => Number.isSafeInteger(extent) && Number(extent) >= 0)
  );
}

function extents(shape: unknown, chunks: unknown): [readonly number[], readonly number[]] {
  if (!isExtents(shape) || !isExtents(chunks) || shape.length !== chunks.length) {
    throw new RangeError(
      "its metadata lack a shape, or chunks of as many axes: they are damaged; save it again.",
    );
  }
  if (!chunks.every((extent) => extent >= 1)) {
    throw new RangeError(`its chunks [${chunks.join(", ")}] hold nothing: save it again.`);
  }
  return [shape, chunks];
}
