// One bundle of its own, shared by parquet and zarr: Facebook's own code in WebAssembly.
import Zstd from "numcodecs/zstd";

export const zstd = Zstd.fromConfig({ id: "zstd" });
export default Zstd;
