// One bundle of its own, loaded when the first Arrow file is opened.
export { RecordBatchReader, tableFromIPC, DataType, Type } from "apache-arrow";
