// One bundle of its own, loaded when the first Arrow file is opened. Of the library only the tables of the format's
// metadata are used: it reads no list views, and no file whose schema stands in the footer alone.
import { ByteBuffer } from "flatbuffers";

export { ByteBuffer, Encoding } from "flatbuffers";
export { CompressionType } from "apache-arrow/fb/compression-type";
export { Date as DateType } from "apache-arrow/fb/date";
export { DateUnit } from "apache-arrow/fb/date-unit";
export { DictionaryBatch } from "apache-arrow/fb/dictionary-batch";
export { Endianness } from "apache-arrow/fb/endianness";
export type { Block } from "apache-arrow/fb/block";
export type { Field } from "apache-arrow/fb/field";
export { FixedSizeBinary } from "apache-arrow/fb/fixed-size-binary";
export { FixedSizeList } from "apache-arrow/fb/fixed-size-list";
export { FloatingPoint } from "apache-arrow/fb/floating-point";
export { Footer } from "apache-arrow/fb/footer";
export { Int } from "apache-arrow/fb/int";
export { Message } from "apache-arrow/fb/message";
export { MessageHeader } from "apache-arrow/fb/message-header";
export { MetadataVersion } from "apache-arrow/fb/metadata-version";
export { Precision } from "apache-arrow/fb/precision";
export { RecordBatch } from "apache-arrow/fb/record-batch";
export { Schema } from "apache-arrow/fb/schema";
export { TimeUnit } from "apache-arrow/fb/time-unit";
export { Timestamp } from "apache-arrow/fb/timestamp";
export { Type } from "apache-arrow/fb/type";
export { Union } from "apache-arrow/fb/union";
export { UnionMode } from "apache-arrow/fb/union-mode";
export { decompress as unpackZstd } from "fzstd";

// Flatbuffers in JavaScript come without a verifier: a damaged length would be believed, and billions of entries
// made. No list has more entries than its buffer has bytes.
const uncheckedLength = Object.getOwnPropertyDescriptor(ByteBuffer.prototype, "__vector_len")
  ?.value as ((this: ByteBuffer, offset: number) => number) | undefined;
if (uncheckedLength === undefined)
  throw new Error("This version of flatbuffers has no __vector_len.");
ByteBuffer.prototype.__vector_len = function (this: ByteBuffer, offset: number): number {
  const length = uncheckedLength.call(this, offset);
  if (!(length >= 0 && length <= this.capacity()))
    throw new RangeError(`a list of ${length} entries`);
  return length;
};
