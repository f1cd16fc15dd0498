// One bundle of its own, loaded when the first parquet file is opened.
export { parquetMetadataAsync, parquetScan, parquetSchema } from "hyparquet";
export { compressors } from "hyparquet-compressors";
