// One bundle of its own, loaded when the first Arrow file is opened.
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
