// What reading.mjs measures. `wanted` is the least share of the peer's speed; files are those of readingPeers.py.

/**
 * @typedef {object} ReadingWorkload
 * @property {string} file
 * @property {string} title
 * @property {"cat" | "python" | "whole"} against `whole` is our own reader of the same rows in one file
 * @property {readonly ("raw" | "float32" | "float64")[]} modes what our reader makes of it
 * @property {number} wanted for the first of the modes
 */

/** @type {ReadingWorkload[]} */
export const readingWorkloads = [
  ...["npy", "safetensors"].map((extension) => ({
    file: `float16.${extension}`,
    title: `${extension}, 195,312 x 4096 float16`,
    against: /** @type {const} */ ("cat"),
    modes: /** @type {const} */ (["raw", "float32", "float64"]),
    wanted: 0.7,
  })),
  ...["npy", "safetensors", "parquet"].map((extension) => ({
    file: `shards.${extension}.d`,
    title: `10 shards of ${extension}, 10,000 x 1024 float32 each`,
    against: /** @type {const} */ ("whole"),
    modes: /** @type {const} */ (["float64"]),
    wanted: 0.9,
  })),
  ...[
    ["wide-snappy.parquet", "parquet, 3072 columns, snappy"],
    ["wide-zstd.parquet", "parquet, 3072 columns, zstd"],
    ["list-snappy.parquet", "parquet, column of lists, snappy"],
    ["list-zstd.parquet", "parquet, column of lists, zstd"],
    ["chunked-none.h5", "HDF5, chunked"],
    ["chunked-gzip.h5", "HDF5, chunked, gzip"],
    ["version2-none.zarr", "zarr 2"],
    ["version2-zstd.zarr", "zarr 2, zstd"],
    ["version2-blosc.zarr", "zarr 2, blosc"],
    ["version3-none.zarr", "zarr 3"],
    ["version3-zstd.zarr", "zarr 3, zstd"],
    ["version3-blosc.zarr", "zarr 3, blosc"],
  ].map(([file = "", title = ""]) => ({
    file,
    title,
    against: /** @type {const} */ ("python"),
    modes: /** @type {const} */ (["float64"]),
    wanted: 0.7,
  })),
];
