// One bundle of its own, shared by zarr and the threads that unpack for it.
import Lz4 from "numcodecs/lz4";

/** Unpacks a whole buffer, which begins with its unpacked length. */
export const lz4 = Lz4.fromConfig({ id: "lz4" });
