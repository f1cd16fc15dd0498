// One bundle of its own, shared by parquet and zarr: Facebook's own code in WebAssembly.
import Zstandard from "numcodecs/zstd";

/** Unpacks whole frames. */
export const zstd = Zstandard.fromConfig({ id: "zstd" });
