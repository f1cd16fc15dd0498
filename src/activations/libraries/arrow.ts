// One bundle of its own, loaded when the first Arrow file is opened.
import { ByteBuffer } from "flatbuffers";

export {
  compressionRegistry,
  CompressionType,
  DataType,
  Message,
  RecordBatchReader,
  type Data,
  type Field,
  type RecordBatch,
  type Vector,
} from "apache-arrow";
export { compressors } from "hyparquet-compressors";

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
